package dev.palimpsest.belief;

import dev.palimpsest.time.Interval;
import dev.palimpsest.time.Moments;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Cutting valid intervals, as SQL:2011 cuts rows `FOR PORTION OF`.
public final class Cut {

    private Cut() {}

    /// What remains of `old` when `portion` of it is taken away: nothing, one piece, or two.
    ///
    /// An interval whose end is unknown ended at the latest where the portion begins, so nothing of
    /// it remains after the portion.
    public static List<Interval> remainders(Interval old, Interval portion) {
        if (!old.overlaps(portion)) {
            return List.of(old);
        }
        List<Interval> remainders = new ArrayList<>(2);
        if (old.fromMicros() < portion.fromMicros()) {
            remainders.add(between(old, old.fromMicros(), portion.fromMicros()));
        }
        if (portion.untilMicros() < old.untilMicros()
                && !(old.end() instanceof Interval.End.Unknown)) {
            remainders.add(between(old, portion.untilMicros(), old.untilMicros()));
        }
        return remainders;
    }

    /// The part of `whole` from `from` until `until`, both in microseconds and inside it; its own
    /// end where the part reaches it, and an unknown end stays unknown.
    static Interval between(Interval whole, long from, long until) {
        var start = Moments.fromMicros(from);
        if (until >= whole.untilMicros()) {
            return new Interval(start, whole.end());
        }
        var end = Moments.fromMicros(until);
        return whole.end() instanceof Interval.End.Unknown
                ? new Interval(start, new Interval.End.Unknown(Optional.of(end)))
                : Interval.between(start, end);
    }
}
