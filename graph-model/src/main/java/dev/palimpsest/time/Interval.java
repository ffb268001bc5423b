package dev.palimpsest.time;

import java.time.Instant;
import java.util.Optional;

/// A half-open stretch of valid time, `[from, end)`, never empty, in whole microseconds.
public record Interval(Instant from, End end) {

    /// From the beginning of time, without end.
    public static final Interval ALWAYS = new Interval(Moments.BEGINNING, new End.Open());

    /// Where an interval stops: at a moment, not at all so far, or at a moment nobody knows.
    public sealed interface End {
        /// It stops just before `moment`.
        record At(Instant moment) implements End {}

        /// It has not stopped so far.
        record Open() implements End {}

        /// It has stopped, nobody knows when; if given, not after `atLatest`.
        record Unknown(Optional<Instant> atLatest) implements End {}
    }

    public Interval {
        from = Moments.require(from);
        end =
                switch (end) {
                    case End.At(Instant moment) -> new End.At(Moments.require(moment));
                    case End.Open open -> open;
                    case End.Unknown(Optional<Instant> latest) ->
                            new End.Unknown(latest.map(Moments::require));
                };
        if (end instanceof End.At(Instant moment) && !from.isBefore(moment)) {
            throw new IllegalArgumentException(
                    "an interval must end after it starts: " + from + " to " + moment);
        }
        if (end instanceof End.Unknown(Optional<Instant> latest)
                && latest.isPresent()
                && !from.isBefore(latest.get())) {
            throw new IllegalArgumentException(
                    "an interval must end after it starts: "
                            + from
                            + " to at latest "
                            + latest.get());
        }
    }

    public static Interval between(Instant from, Instant until) {
        return new Interval(from, new End.At(until));
    }

    public static Interval since(Instant from) {
        return new Interval(from, new End.Open());
    }

    /// The instant `moment` as an interval of one microsecond.
    public static Interval at(Instant moment) {
        var whole = Moments.require(moment);
        return between(whole, whole.plusNanos(1_000));
    }

    /// The interval as stores write it: bounds in microseconds and the kind of end.
    public static Interval ofMicros(long from, long until, char endCode) {
        var start = Moments.fromMicros(from);
        return switch (endCode) {
            case 'A' -> between(start, Moments.fromMicros(until));
            case 'O' -> since(start);
            case 'U' ->
                    new Interval(
                            start,
                            new End.Unknown(
                                    until == Moments.OPEN
                                            ? Optional.empty()
                                            : Optional.of(Moments.fromMicros(until))));
            default -> throw new IllegalArgumentException("no such kind of end: " + endCode);
        };
    }

    public long fromMicros() {
        return Moments.toMicros(from);
    }

    /// The first microsecond this interval cannot hold: its end, its latest possible end, or
    /// [Moments#OPEN].
    public long untilMicros() {
        return switch (end) {
            case End.At(Instant moment) -> Moments.toMicros(moment);
            case End.Open _ -> Moments.OPEN;
            case End.Unknown(Optional<Instant> latest) ->
                    latest.map(Moments::toMicros).orElse(Moments.OPEN);
        };
    }

    /// The first microsecond at which this interval does not *surely* hold: an unknown end is sure
    /// of nothing but its first instant.
    public long sureUntilMicros() {
        return end instanceof End.Unknown ? fromMicros() + 1 : untilMicros();
    }

    /// `A` a moment, `O` open, `U` unknown.
    public char endCode() {
        return switch (end) {
            case End.At _ -> 'A';
            case End.Open _ -> 'O';
            case End.Unknown _ -> 'U';
        };
    }

    /// Whether this surely holds at `moment`.
    public boolean holdsAt(Instant moment) {
        long micros = Moments.toMicros(moment);
        return fromMicros() <= micros && micros < sureUntilMicros();
    }

    /// Whether this holds at `moment` for all that is known.
    public boolean mayHoldAt(Instant moment) {
        long micros = Moments.toMicros(moment);
        return fromMicros() <= micros && micros < untilMicros();
    }

    /// Whether the two share a microsecond, an unknown end taken at its latest.
    public boolean overlaps(Interval other) {
        return fromMicros() < other.untilMicros() && other.fromMicros() < untilMicros();
    }

    /// Whether every microsecond of `other` is one of this.
    public boolean covers(Interval other) {
        return fromMicros() <= other.fromMicros() && other.untilMicros() <= untilMicros();
    }
}
