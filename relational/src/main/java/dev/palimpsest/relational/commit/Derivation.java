package dev.palimpsest.relational.commit;

import dev.palimpsest.belief.Belief;
import dev.palimpsest.belief.Claim;
import dev.palimpsest.belief.LastSaid;
import dev.palimpsest.model.Value;
import dev.palimpsest.time.Interval;
import dev.palimpsest.time.Recorded;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Records and closes versions so that what is believed of a topic follows from what is said of it.
final class Derivation {

    private final Entry entry;
    private final boolean functional;
    private final Window window;

    /// @param window what of valid time may have changed
    Derivation(Entry entry, boolean functional, Window window) {
        this.entry = entry;
        this.functional = functional;
        this.window = window;
    }

    /// @param said what is said now, of the window at least
    /// @param before what was said, likewise, and what was believed
    /// @return the visible versions from now on; those that stay true are the same rows
    List<VersionRow> derive(List<AssertionRow> said, TopicRows before) {
        boolean whole =
                !functional
                        || new TopicRows(said, List.of()).hasUnknownEnd()
                        || before.hasUnknownEnd();
        List<VersionRow> after = new ArrayList<>();
        List<VersionRow> touched = new ArrayList<>();
        for (var version : before.believed()) {
            (whole || window.touches(version.valid()) ? touched : after).add(version);
        }
        var beliefs =
                new LinkedHashSet<>(
                        whole ? LastSaid.of(functional, claims(said)) : around(said, touched));
        for (var version : touched) {
            if (beliefs.remove(version.belief())) {
                after.add(version);
            } else {
                entry.touch(version.closedAt(entry.stamp()));
            }
        }
        record(beliefs, keys(said, touched), after);
        return after;
    }

    private void record(Set<Belief> beliefs, Map<Value, FactKey> keys, List<VersionRow> after) {
        for (var belief : beliefs) {
            var key = keys.get(belief.object());
            if (key == null) {
                throw new IllegalStateException("believed but not said: " + belief);
            }
            var version =
                    new VersionRow(
                            entry.nextRowId(),
                            key,
                            belief.valid(),
                            belief.qualifiers(),
                            Recorded.since(entry.stamp()));
            entry.touch(version);
            after.add(version);
        }
    }

    /// What is said in the window decides there; what was believed around it stays.
    private List<Belief> around(List<AssertionRow> said, List<VersionRow> touched) {
        var inside = said.stream().filter(row -> window.touches(row.content().valid())).toList();
        List<Belief> pieces = new ArrayList<>();
        for (var belief : LastSaid.of(functional, claims(inside))) {
            addPart(pieces, belief, window);
        }
        for (var version : touched) {
            addPart(pieces, version.belief(), new Window(Window.ALL.from(), window.from()));
            addPart(pieces, version.belief(), new Window(window.until(), Window.ALL.until()));
        }
        pieces.sort(Comparator.comparingLong(belief -> belief.valid().fromMicros()));
        return joined(pieces);
    }

    private static void addPart(List<Belief> pieces, Belief belief, Window part) {
        Window.of(belief.valid())
                .within(part)
                .interval()
                .ifPresent(valid ->
                        pieces.add(new Belief(belief.object(), belief.qualifiers(), valid)));
    }

    private static List<Belief> joined(List<Belief> pieces) {
        List<Belief> joined = new ArrayList<>();
        for (var piece : pieces) {
            var last = joined.isEmpty() ? piece : joined.getLast();
            if (last.valid().untilMicros() == piece.valid().fromMicros()
                    && last.object().equals(piece.object())
                    && last.qualifiers().equals(piece.qualifiers())) {
                var valid = new Interval(last.valid().from(), piece.valid().end());
                joined.set(
                        joined.size() - 1, new Belief(piece.object(), piece.qualifiers(), valid));
            } else {
                joined.add(piece);
            }
        }
        return joined;
    }

    private static List<Claim> claims(List<AssertionRow> said) {
        return said.stream().map(row -> row.content().claim()).toList();
    }

    private static Map<Value, FactKey> keys(List<AssertionRow> said, List<VersionRow> touched) {
        Map<Value, FactKey> keys = new HashMap<>();
        touched.forEach(row -> keys.put(row.key().object(), row.key()));
        said.forEach(row -> keys.put(row.content().key().object(), row.content().key()));
        return keys;
    }
}
