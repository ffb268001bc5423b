package dev.palimpsest.query.index.adjacency;

import dev.palimpsest.cause.Chain;
import dev.palimpsest.cause.ChainFinder;
import dev.palimpsest.cause.ChainMembers;
import dev.palimpsest.cause.ChainOdds;
import dev.palimpsest.cause.ChainSearch;
import dev.palimpsest.cause.Likelihood;
import dev.palimpsest.model.RowId;
import dev.palimpsest.query.index.adjacency.Chains.Link;
import dev.palimpsest.query.index.adjacency.Chains.Seed;
import dev.palimpsest.query.index.adjacency.OnChains.Grade;
import dev.palimpsest.time.Position;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Finds chains of causes in the graph of one space at one position, while the graph is held.
final class ChainReader {

    private final SpaceGraph graph;
    private final CausalFacts forward;
    private final ChainFinder finder;
    private final boolean betweenTwo;

    private ChainReader(SpaceGraph graph, ChainEnds ends, Position at) {
        this.graph = graph;
        this.forward = new CausalFacts(graph, at, false);
        this.finder = finder(graph, ends, forward, new CausalFacts(graph, at, true));
        this.betweenTwo = ends.cause().isPresent() && ends.effect().isPresent();
    }

    /// Empty if nothing is known of an end here.
    static Optional<ChainReader> of(SpaceGraph graph, ChainEnds ends, Position at) {
        boolean known = isKnown(graph, ends.cause()) && isKnown(graph, ends.effect());
        return known ? Optional.of(new ChainReader(graph, ends, at)) : Optional.empty();
    }

    private static boolean isKnown(SpaceGraph graph, OptionalLong node) {
        return node.isEmpty() || graph.nodes().find(node.getAsLong()) != NodeTable.ABSENT;
    }

    private static ChainFinder finder(
            SpaceGraph graph, ChainEnds ends, CausalFacts forward, CausalFacts backward) {
        int cause = ends.cause().isEmpty() ? 0 : graph.nodes().find(ends.cause().getAsLong());
        int effect = ends.effect().isEmpty() ? 0 : graph.nodes().find(ends.effect().getAsLong());
        if (ends.cause().isEmpty()) {
            return ChainFinder.toEffect(forward, backward, effect, ends.hops());
        }
        return ends.effect().isEmpty()
                ? ChainFinder.fromCause(forward, backward, cause, ends.hops())
                : ChainFinder.between(forward, backward, cause, effect, ends.hops());
    }

    OnChains members(boolean withFacts) {
        var members = ChainMembers.of(finder, withFacts);
        int count = members.nodes().size();
        var nodes = new long[count];
        var grades = new Grade[count];
        for (int place = 0; place < count; place++) {
            var member = members.nodes().get(place);
            nodes[place] = graph.nodes().node(member.number());
            grades[place] = new Grade(member.strength(), member.hops());
        }
        Map<RowId, Grade> facts = new HashMap<>();
        for (var member : members.links()) {
            facts.put(
                    graph.versions().row(member.number()),
                    new Grade(member.strength(), member.hops()));
        }
        return new OnChains(nodes, grades, facts, members.truncated());
    }

    /// The `most` best chains each of these is on; nothing for what is not here.
    Map<Seed, Chains> chains(List<Seed> seeds, int most) {
        var odds = new ChainOdds(finder);
        Optional<Likelihood> ofTheTwo =
                betweenTwo && !seeds.isEmpty() ? odds.of(0) : Optional.empty();
        Map<Seed, Chains> chains = new HashMap<>();
        for (var seed : seeds) {
            switch (seed) {
                case Seed.OfNode(long node) -> {
                    int number = graph.nodes().find(node);
                    if (number != NodeTable.ABSENT) {
                        var found = ChainSearch.through(finder, number, most);
                        chains.put(seed, named(found, betweenTwo ? ofTheTwo : odds.of(number)));
                    }
                }
                case Seed.OfFact(RowId row) -> {
                    int version = graph.versions().find(row);
                    if (version != Versions.ABSENT) {
                        int cause = forward.cause(version);
                        int effect = forward.effect(version);
                        var found = ChainSearch.over(finder, version, cause, effect, most);
                        chains.put(seed, named(found, Optional.empty()));
                    }
                }
            }
        }
        return chains;
    }

    private Chains named(ChainSearch.Found found, Optional<Likelihood> likelihood) {
        return new Chains(
                found.chains().stream().map(this::named).toList(), likelihood, found.truncated());
    }

    private Chains.Chain named(Chain chain) {
        return new Chains.Chain(chain.strength(), chain.links().stream().map(this::named).toList());
    }

    private Link named(int version) {
        return new Link(
                graph.versions().row(version),
                graph.nodes().node(forward.cause(version)),
                graph.nodes().node(forward.effect(version)));
    }
}
