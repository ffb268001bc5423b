package dev.palimpsest.query.plan;

import dev.palimpsest.model.RowId;
import dev.palimpsest.query.index.adjacency.ChainEnds;
import dev.palimpsest.query.index.adjacency.Chains;
import dev.palimpsest.query.index.adjacency.Chains.Seed;
import dev.palimpsest.query.index.adjacency.OnChains;
import dev.palimpsest.query.index.adjacency.OnChains.Grade;
import dev.palimpsest.query.index.lucene.Filter;
import dev.palimpsest.query.index.lucene.NodeSet;
import dev.palimpsest.question.Kind;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `why.causesOf`, `why.effectsOf` and `why.between`: an entity on a chain; a causal fact of one; a
/// memory that mentions such an entity.
public final class CausalRule implements Rule {

    private static final Comparator<Trail> STRONGEST =
            Comparator.comparingDouble((Trail trail) -> trail.grade.strength())
                    .thenComparing(
                            Comparator.comparingInt((Trail trail) -> trail.grade.links())
                                    .reversed());

    /// Chains from causes come before chains to effects, so that they read as one.
    static final Comparator<CausalRule> IN_CAUSAL_ORDER =
            Comparator.comparing(rule -> rule.ends.cause().isEmpty());

    private final ChainEnds ends;
    private final int paths;
    private final OnChains onChains;
    private final NodeSet reached;

    /// Where something is on chains.
    ///
    /// @param grade of the best chain it is on
    public record Trail(Seed seed, Grade grade) {}

    /// @param paths how many chains each hit comes with at most
    CausalRule(View view, ChainEnds ends, int paths, boolean withFacts) {
        this.ends = ends;
        this.paths = paths;
        this.onChains =
                view.trace()
                        .step(
                                name(ends),
                                () ->
                                        view.adjacency()
                                                .onChains(view.space(), ends, view.at(), withFacts),
                                found -> found.nodes().length);
        this.reached = NodeSet.of(onChains.nodes());
    }

    private static String name(ChainEnds ends) {
        if (ends.cause().isEmpty()) {
            return "walk to causes";
        }
        return ends.effect().isEmpty() ? "walk to effects" : "walk between";
    }

    @Override
    public Filter filter(Kind kind) {
        return switch (kind) {
            case ENTITY -> new Filter.Nodes(Filter.Role.SELF, reached);
            case FACT -> new Filter.Rows(onChains.facts().keySet());
            case MEMORY -> new Filter.Nodes(Filter.Role.MENTIONED, reached);
        };
    }

    /// Where the one of these nodes is that is on the strongest chain.
    public Optional<Trail> of(Collection<Long> nodes) {
        return nodes.stream()
                .sorted(Comparator.reverseOrder())
                .flatMap(node ->
                        onChains.of(node).stream()
                                .map(grade -> new Trail(new Seed.OfNode(node), grade)))
                .max(STRONGEST);
    }

    /// Where a fact is.
    public Optional<Trail> of(RowId fact) {
        return Optional.ofNullable(onChains.facts().get(fact))
                .map(grade -> new Trail(new Seed.OfFact(fact), grade));
    }

    /// How many chains each hit comes with at most.
    public int paths() {
        return paths;
    }

    /// The best chains of each of these.
    public Map<Seed, Chains> chains(View view, List<Seed> seeds) {
        return view.trace()
                .step(
                        "chains",
                        () -> view.adjacency().chains(view.space(), ends, view.at(), seeds, paths),
                        Map::size);
    }

    /// Whether a walk met a limit.
    public boolean truncated() {
        return onChains.truncated();
    }
}
