package dev.palimpsest.query.index.adjacency;

import dev.palimpsest.cause.CausalLinks;
import dev.palimpsest.time.Position;

/// The causal facts visible at a snapshot, walked from effects to causes or back.
///
/// A fact is causal if its predicate is, or if the inverse of its predicate is. It is followed
/// whatever its valid time. It counts what its strength and its source's confidence make together,
/// and, where both beginnings and a delay with its deviation are known, how well they fit.
final class CausalFacts implements CausalLinks {

    private final SpaceGraph graph;
    private final Position at;
    private final boolean towardsCauses;

    CausalFacts(SpaceGraph graph, Position at, boolean towardsCauses) {
        this.graph = graph;
        this.at = at;
        this.towardsCauses = towardsCauses;
    }

    @Override
    public int from(int node, Visitor visitor) {
        int looked = 0;
        for (int out = graph.firstOut(node); out != SpaceGraph.NONE; out = graph.nextOut(out)) {
            looked++;
            if (leadsOn(out, PredicateTable.Causal.SUBJECT)) {
                visitor.link(out, graph.object(out));
            }
        }
        for (int in = graph.firstIn(node); in != SpaceGraph.NONE; in = graph.nextIn(in)) {
            looked++;
            if (leadsOn(in, PredicateTable.Causal.OBJECT)) {
                visitor.link(in, graph.subject(in));
            }
        }
        return looked;
    }

    /// Whether a fact whose cause is on this side, going forward, is one to follow.
    private boolean leadsOn(int version, PredicateTable.Causal thisSide) {
        var causal = graph.predicates().causal(graph.predicate(version));
        return causal != PredicateTable.Causal.NO
                && (causal == thisSide) != towardsCauses
                && graph.versions().visibleAt(version, at);
    }

    @Override
    public long begins(int node) {
        int existence = graph.existence(node, at);
        if (existence == SpaceGraph.NONE) {
            return UNKNOWN;
        }
        long from = graph.versions().validFrom(existence);
        return towardsCauses ? -from : from;
    }

    @Override
    public double strength(int link) {
        int before = graph.existence(cause(link), at);
        int after = graph.existence(effect(link), at);
        if (before == SpaceGraph.NONE || after == SpaceGraph.NONE) {
            return graph.chance(link);
        }
        long took = graph.versions().validFrom(after) - graph.versions().validFrom(before);
        return graph.chance(link) * graph.likelihood(link, took);
    }

    @Override
    public double chance(int link) {
        return graph.chance(link);
    }

    @Override
    public int mechanism(int link) {
        return graph.predicates().mechanism(graph.predicate(link));
    }

    @Override
    public long seed(int link) {
        return graph.versions().seed(link);
    }

    @Override
    public int compare(int link, int other) {
        return graph.versions().compare(link, other);
    }

    int cause(int link) {
        return isForward(link) ? graph.subject(link) : graph.object(link);
    }

    int effect(int link) {
        return isForward(link) ? graph.object(link) : graph.subject(link);
    }

    private boolean isForward(int link) {
        return graph.predicates().causal(graph.predicate(link)) == PredicateTable.Causal.SUBJECT;
    }
}
