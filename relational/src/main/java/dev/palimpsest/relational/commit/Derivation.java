package dev.palimpsest.relational.commit;

import dev.palimpsest.belief.Belief;
import dev.palimpsest.belief.LastSaid;
import dev.palimpsest.model.Value;
import dev.palimpsest.time.Recorded;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/// Records and closes versions so that what is believed of a topic follows from what is said of it.
final class Derivation {

    private Derivation() {}

    /// @param said all visible assertions of the topic
    /// @param before its visible versions
    /// @return its visible versions from now on; those that stay true are the same rows
    static List<VersionRow> derive(
            Entry entry, boolean functional, List<AssertionRow> said, List<VersionRow> before) {
        Map<Value, FactKey> keys = new HashMap<>();
        said.forEach(row -> keys.put(row.content().key().object(), row.content().key()));
        var claims = said.stream().map(row -> row.content().claim()).toList();
        var beliefs = new LinkedHashSet<Belief>(LastSaid.of(functional, claims));

        List<VersionRow> after = new ArrayList<>();
        for (var version : before) {
            if (beliefs.remove(version.belief())) {
                after.add(version);
            } else {
                entry.touch(version.closedAt(entry.stamp()));
            }
        }
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
        return after;
    }
}
