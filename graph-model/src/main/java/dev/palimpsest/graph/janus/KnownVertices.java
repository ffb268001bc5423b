package dev.palimpsest.graph.janus;

import dev.palimpsest.model.SpaceId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Vertices that are committed, have their space and their name, and so need not be read before a
/// fact is written to them. Used by the writing thread alone, which is the only one that changes a
/// vertex.
final class KnownVertices {

    /// When there are more, all are forgotten, and met again: some 60 bytes each.
    private static final int MOST = 500_000;

    private final Map<SpaceId, Set<Long>> nodes = new HashMap<>();
    private int size;

    boolean has(SpaceId space, long node) {
        return nodes.getOrDefault(space, Set.of()).contains(node);
    }

    void add(Map<Long, SpaceId> met) {
        if (size + met.size() > MOST) {
            clear();
        }
        met.forEach((node, space) -> {
            if (nodes.computeIfAbsent(space, _ -> new HashSet<>()).add(node)) {
                size++;
            }
        });
    }

    void clear() {
        nodes.clear();
        size = 0;
    }
}
