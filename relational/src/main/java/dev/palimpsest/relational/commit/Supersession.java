package dev.palimpsest.relational.commit;

import dev.palimpsest.belief.Cut;
import dev.palimpsest.time.Interval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/// What a new assertion, or a retraction, leaves of those before it. Pure functions.
final class Supersession {

    private Supersession() {}

    /// `contents` with `portion` of valid time taken out of those that are meant; what remains of
    /// them keeps the position at which it was first said.
    static List<Content> cut(List<Content> contents, Predicate<Content> meant, Interval portion) {
        List<Content> left = new ArrayList<>(contents.size() + 1);
        for (var content : contents) {
            if (meant.test(content) && content.valid().overlaps(portion)) {
                for (var piece : Cut.remainders(content.valid(), portion)) {
                    left.add(content.over(piece));
                }
            } else {
                left.add(content);
            }
        }
        return left;
    }

    /// Whether `contents` say all that `said` says already: its source says the same, with the same
    /// qualifiers and evidence, all over its time.
    ///
    /// What ended nobody knows when covers nothing but itself: it does not say that it still held.
    static boolean says(List<Content> contents, Content said) {
        var same =
                contents.stream()
                        .filter(content -> content.over(said.valid()).words().equals(said.words()))
                        .map(Content::valid)
                        .sorted(Comparator.comparingLong(Interval::fromMicros))
                        .toList();
        if (same.contains(said.valid())) {
            return true;
        }
        if (said.valid().end() instanceof Interval.End.Unknown) {
            return false;
        }
        long covered = said.valid().fromMicros();
        for (var valid : same) {
            if (!(valid.end() instanceof Interval.End.Unknown) && valid.fromMicros() <= covered) {
                covered = Math.max(covered, valid.untilMicros());
            }
        }
        return covered >= said.valid().untilMicros();
    }
}
