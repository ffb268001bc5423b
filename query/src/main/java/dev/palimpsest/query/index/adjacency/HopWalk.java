package dev.palimpsest.query.index.adjacency;

import dev.palimpsest.cause.NodeMarks;
import dev.palimpsest.time.Position;
import java.util.Arrays;

/// A walk outwards from one node, over facts whichever way they point.
final class HopWalk {

    private static final int FIRST = 64;

    private final SpaceGraph graph;
    private final Holding holding;
    private final Position at;
    private final NodeMarks seen = new NodeMarks();
    private int[] reached = new int[FIRST];
    private int size;
    private int looked;

    HopWalk(SpaceGraph graph, Holding holding, Position at) {
        this.graph = graph;
        this.holding = holding;
        this.at = at;
    }

    /// How far everything within `hops` is.
    Reach from(int start, int hops) {
        add(start);
        var distances = new NodeMarks();
        var nodes = new long[0];
        int done = 0;
        for (int distance = 0; done < size; distance++) {
            int layer = size;
            nodes = Arrays.copyOf(nodes, layer);
            for (int place = done; place < layer; place++) {
                nodes[place] = graph.nodes().node(reached[place]);
                distances.put(Math.toIntExact(nodes[place]), distance);
            }
            for (int place = done; place < layer && distance < hops && !isExhausted(); place++) {
                visit(reached[place]);
            }
            done = layer;
        }
        return new Reach(nodes, distances, isExhausted(), looked);
    }

    private void visit(int node) {
        for (int out = graph.firstOut(node); out != SpaceGraph.NONE; out = graph.nextOut(out)) {
            reach(out, graph.object(out));
        }
        for (int in = graph.firstIn(node); in != SpaceGraph.NONE; in = graph.nextIn(in)) {
            reach(in, graph.subject(in));
        }
    }

    private void reach(int version, int other) {
        looked++;
        if (!seen.contains(other)
                && size <= Reach.MOST_REACHED
                && graph.counts(version, holding, at)) {
            add(other);
        }
    }

    private void add(int node) {
        if (size == reached.length) {
            reached = Arrays.copyOf(reached, size * 2);
        }
        reached[size++] = node;
        seen.put(node, size);
    }

    private boolean isExhausted() {
        return looked > Reach.MOST_LOOKED || size > Reach.MOST_REACHED;
    }
}
