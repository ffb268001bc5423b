package dev.palimpsest.relational.commit;

import dev.palimpsest.time.Interval;
import java.util.Optional;

/// A stretch of valid time, in microseconds: what of a topic something bears on. A long series of
/// readings is then neither read nor derived as a whole for each that is added.
record Window(long from, long until) {

    static final Window ALL = new Window(Long.MIN_VALUE, Limits.OPEN);
    static final Window NONE = new Window(Limits.OPEN, Long.MIN_VALUE);

    static Window of(Interval valid) {
        return new Window(valid.fromMicros(), valid.untilMicros());
    }

    /// The smallest that holds both.
    Window and(Window other) {
        return new Window(Math.min(from, other.from), Math.max(until, other.until));
    }

    /// The part of both.
    Window within(Window other) {
        return new Window(Math.max(from, other.from), Math.min(until, other.until));
    }

    /// Whether `valid` shares a microsecond with this or ends where it begins: what is adjacent may
    /// become one with it.
    boolean touches(Interval valid) {
        return valid.fromMicros() <= until && from <= valid.untilMicros();
    }

    /// This as an interval, if it is not empty. Only for what has no unknown end.
    Optional<Interval> interval() {
        return from < until
                ? Optional.of(Interval.ofMicros(from, until, until == Limits.OPEN ? 'O' : 'A'))
                : Optional.empty();
    }
}
