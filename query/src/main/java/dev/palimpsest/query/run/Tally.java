package dev.palimpsest.query.run;

import dev.palimpsest.question.Counted.Group;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Counts rows by their keys. Belongs to one thread.
final class Tally {

    private static final Comparator<Group> LARGEST_FIRST =
            Comparator.comparingLong(Group::count).reversed().thenComparing(Group::key);

    private final Map<String, Long> counts = new HashMap<>();
    private long total;
    private long ungrouped;
    private boolean isCutShort;

    /// One row, with all its keys, each once.
    void add(Collection<String> keys) {
        total++;
        if (keys.isEmpty()) {
            ungrouped++;
        }
        keys.forEach(key -> counts.merge(key, 1L, Long::sum));
    }

    /// Some rows may be missing.
    void cutShort() {
        isCutShort = true;
    }

    boolean isCutShort() {
        return isCutShort;
    }

    long total() {
        return total;
    }

    long ungrouped() {
        return ungrouped;
    }

    int groups() {
        return counts.size();
    }

    List<Group> largest(int limit) {
        return counts.entrySet().stream()
                .map(entry -> new Group(entry.getKey(), entry.getValue()))
                .sorted(LARGEST_FIRST)
                .limit(limit)
                .toList();
    }
}
