package dev.palimpsest.graph.janus;

import dev.palimpsest.model.SpaceId;
import dev.palimpsest.time.Moments;
import dev.palimpsest.time.Position;
import java.time.Instant;

/// What a traversal sees: one space, as it was known at a position, true at some valid time.
public record GraphView(SpaceId space, Position at, ValidTime valid) {

    /// Which facts a traversal sees by when they hold in the world. A fact whose end is unknown is
    /// sure of its first microsecond only.
    public sealed interface ValidTime {

        /// Whatever the time they hold.
        record Any() implements ValidTime {}

        /// Those that hold at `moment`.
        record At(Instant moment) implements ValidTime {}

        /// Those that hold at `moment`, and those of a single microsecond whenever it was: what
        /// states are now, and what happened ever.
        record Now(Instant moment) implements ValidTime {}
    }

    /// Everything known at `at`, whatever its valid time.
    public static GraphView of(SpaceId space, Position at) {
        return new GraphView(space, at, new ValidTime.Any());
    }

    /// Whether what was recorded over these positions was held at this view's.
    boolean knows(long fromPosition, long untilPosition) {
        return fromPosition <= at.number() && at.number() < untilPosition;
    }

    /// Whether a fact valid from `from` and surely until `until`, in microseconds, is seen.
    boolean holds(long from, long until) {
        return switch (valid) {
            case ValidTime.Any _ -> true;
            case ValidTime.At(Instant moment) -> covers(from, until, moment);
            case ValidTime.Now(Instant moment) -> until - from == 1 || covers(from, until, moment);
        };
    }

    private static boolean covers(long from, long until, Instant moment) {
        long micros = Moments.toMicros(moment);
        return from <= micros && micros < until;
    }
}
