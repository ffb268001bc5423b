package dev.palimpsest.query.index.adjacency;

import dev.palimpsest.cause.NodeMarks;
import java.util.OptionalInt;

/// What a walk came to, the start itself at distance 0.
public final class Reach {

    /// The most nodes a walk reaches.
    public static final int MOST_REACHED = 50_000;

    /// The most fact versions a walk looks at, give or take one node's.
    public static final int MOST_LOOKED = 1_000_000;

    private final long[] nodes;
    private final NodeMarks distances;
    private final boolean truncated;
    private final int looked;

    Reach(long[] nodes, NodeMarks distances, boolean truncated, int looked) {
        this.nodes = nodes;
        this.distances = distances;
        this.truncated = truncated;
        this.looked = looked;
    }

    static Reach ofOnly(long start) {
        var distances = new NodeMarks();
        distances.put(Math.toIntExact(start), 0);
        return new Reach(new long[] {start}, distances, false, 0);
    }

    /// The nodes, nearest first.
    public long[] nodes() {
        return nodes.clone();
    }

    /// How many facts away a node is; empty if it is out of reach.
    public OptionalInt distance(long node) {
        int distance = distances.get(Math.toIntExact(node));
        return distance == NodeMarks.NONE ? OptionalInt.empty() : OptionalInt.of(distance);
    }

    /// Whether a limit was met, so that more may be within reach.
    public boolean truncated() {
        return truncated;
    }

    /// How many fact versions were looked at.
    public int looked() {
        return looked;
    }
}
