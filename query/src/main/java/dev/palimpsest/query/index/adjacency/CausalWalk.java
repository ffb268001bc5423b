package dev.palimpsest.query.index.adjacency;

import dev.palimpsest.cause.BestChains;
import dev.palimpsest.cause.CausalLinks;
import dev.palimpsest.time.Position;

/// The causal facts visible at a snapshot, walked from effects to causes or back.
///
/// A fact is causal if its predicate is, or if the inverse of its predicate is. It is followed
/// whatever its valid time, but not from an effect to a cause that began after it, where both
/// beginnings are known.
final class CausalWalk implements CausalLinks {

    private final SpaceGraph graph;
    private final Position at;
    private final boolean towardsCauses;

    CausalWalk(SpaceGraph graph, Position at, boolean towardsCauses) {
        this.graph = graph;
        this.at = at;
        this.towardsCauses = towardsCauses;
    }

    Chains search(int start, int hops) {
        var reached = BestChains.search(this, start, hops);
        var chains = reached.chains().stream().map(this::named).toList();
        return new Chains(chains, reached.truncated(), reached.looked());
    }

    @Override
    public void from(int node, Visitor visitor) {
        for (int out = graph.firstOut(node); out != SpaceGraph.NONE; out = graph.nextOut(out)) {
            visit(out, node, graph.object(out), visitor);
        }
        for (int in = graph.firstIn(node); in != SpaceGraph.NONE; in = graph.nextIn(in)) {
            visit(in, node, graph.subject(in), visitor);
        }
    }

    private void visit(int version, int node, int other, Visitor visitor) {
        int cause = cause(version);
        if (cause != SpaceGraph.NONE
                && (cause == node) != towardsCauses
                && graph.versions().visibleAt(version, at)
                && inTime(cause, cause == node ? other : node)) {
            visitor.link(version, other, graph.strength(version));
        }
    }

    @Override
    public int compare(int link, int other) {
        return graph.versions().compare(link, other);
    }

    private int cause(int version) {
        return switch (graph.predicates().causal(graph.predicate(version))) {
            case NO -> SpaceGraph.NONE;
            case SUBJECT -> graph.subject(version);
            case OBJECT -> graph.object(version);
        };
    }

    private boolean inTime(int cause, int effect) {
        int before = graph.existence(cause, at);
        int after = graph.existence(effect, at);
        return before == SpaceGraph.NONE
                || after == SpaceGraph.NONE
                || graph.versions().validFrom(before) <= graph.versions().validFrom(after);
    }

    private Chains.Chain named(BestChains.Chain chain) {
        var fromStart = chain.links().stream().map(this::named).toList();
        return new Chains.Chain(
                graph.nodes().node(chain.node()),
                chain.strength(),
                towardsCauses ? fromStart.reversed() : fromStart);
    }

    private Chains.Link named(int version) {
        boolean forward = cause(version) == graph.subject(version);
        long subject = graph.nodes().node(graph.subject(version));
        long object = graph.nodes().node(graph.object(version));
        return new Chains.Link(
                graph.versions().row(version),
                forward ? subject : object,
                forward ? object : subject);
    }
}
