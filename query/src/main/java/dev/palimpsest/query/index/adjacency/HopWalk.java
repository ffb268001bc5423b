package dev.palimpsest.query.index.adjacency;

import dev.palimpsest.time.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A walk outwards from one node, over facts whichever way they point.
final class HopWalk {

    private final SpaceGraph graph;
    private final Holding holding;
    private final Position at;
    private final Map<Integer, Integer> distances = new HashMap<>();
    private int looked;

    HopWalk(SpaceGraph graph, Holding holding, Position at) {
        this.graph = graph;
        this.holding = holding;
        this.at = at;
    }

    /// How far everything within `hops` is.
    Reach from(int start, int hops) {
        distances.put(start, 0);
        var frontier = List.of(start);
        for (int distance = 1; distance <= hops && !isExhausted(); distance++) {
            var next = new ArrayList<Integer>();
            for (int node : frontier) {
                if (isExhausted()) {
                    break;
                }
                visit(node, distance, next);
            }
            frontier = next;
        }
        Map<Long, Integer> reached = new HashMap<>();
        distances.forEach((number, hop) -> reached.put(graph.nodes().node(number), hop));
        return new Reach(reached, isExhausted(), looked);
    }

    private void visit(int node, int distance, List<Integer> next) {
        for (int out = graph.firstOut(node); out != SpaceGraph.NONE; out = graph.nextOut(out)) {
            reach(out, graph.object(out), distance, next);
        }
        for (int in = graph.firstIn(node); in != SpaceGraph.NONE; in = graph.nextIn(in)) {
            reach(in, graph.subject(in), distance, next);
        }
    }

    private void reach(int version, int other, int distance, List<Integer> next) {
        looked++;
        if (!distances.containsKey(other)
                && distances.size() <= Reach.MOST_REACHED
                && graph.counts(version, holding, at)) {
            distances.put(other, distance);
            next.add(other);
        }
    }

    private boolean isExhausted() {
        return looked > Reach.MOST_LOOKED || distances.size() > Reach.MOST_REACHED;
    }
}
