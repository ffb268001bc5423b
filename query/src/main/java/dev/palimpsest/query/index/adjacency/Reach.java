package dev.palimpsest.query.index.adjacency;

import java.util.Map;

/// What a walk came to.
///
/// @param distances how many facts away each node is; the start itself at 0
/// @param truncated whether a limit was met, so that more may be within reach
/// @param looked how many fact versions were looked at
public record Reach(Map<Long, Integer> distances, boolean truncated, int looked) {

    /// The most nodes a walk reaches.
    public static final int MOST_REACHED = 50_000;

    /// The most fact versions a walk looks at, give or take one node's.
    public static final int MOST_LOOKED = 1_000_000;

    public Reach {
        distances = Map.copyOf(distances);
    }
}
