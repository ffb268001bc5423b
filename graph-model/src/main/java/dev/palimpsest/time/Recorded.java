package dev.palimpsest.time;

import java.util.Optional;

/// The half-open stretch during which the ledger held something to be so.
public record Recorded(Stamp from, Optional<Stamp> until) {

    public Recorded {
        if (until.isPresent() && !from.position().isBefore(until.get().position())) {
            throw new IllegalArgumentException(
                    "recorded until must come after recorded from: " + from + ", " + until.get());
        }
    }

    public static Recorded since(Stamp from) {
        return new Recorded(from, Optional.empty());
    }

    /// This stretch, closed: held until `stamp` and no longer.
    public Recorded closedAt(Stamp stamp) {
        if (until.isPresent()) {
            throw new IllegalStateException("already closed at " + until.get());
        }
        return new Recorded(from, Optional.of(stamp));
    }

    public boolean isCurrent() {
        return until.isEmpty();
    }

    public boolean visibleAt(Position position) {
        return !position.isBefore(from.position())
                && until.map(end -> position.isBefore(end.position())).orElse(true);
    }

    public long fromPosition() {
        return from.position().number();
    }

    /// The position of the closing, or [Moments#OPEN].
    public long untilPosition() {
        return until.map(end -> end.position().number()).orElse(Moments.OPEN);
    }

    public long fromMicros() {
        return Moments.toMicros(from.at());
    }

    /// The recorded time of the closing in microseconds, or [Moments#OPEN].
    public long untilMicros() {
        return until.map(end -> Moments.toMicros(end.at())).orElse(Moments.OPEN);
    }
}
