package dev.palimpsest.graph.janus;

import dev.palimpsest.model.SpaceId;
import java.util.HashMap;
import java.util.Map;

/// Vertices that are committed, have their space and their name, and so need not be read before a
/// fact is written to them. Used by the writing thread alone, which is the only one that changes a
/// vertex.
final class KnownVertices {

    /// When there are more, all are forgotten, and met again: some 50 bytes each.
    private static final int MOST = 500_000;

    private final Map<Long, SpaceId> spaces = new HashMap<>();

    boolean has(SpaceId space, long node) {
        return space.equals(spaces.get(node));
    }

    void add(Map<Long, SpaceId> met) {
        if (spaces.size() + met.size() > MOST) {
            spaces.clear();
        }
        spaces.putAll(met);
    }

    void clear() {
        spaces.clear();
    }
}
