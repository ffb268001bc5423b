package dev.palimpsest.query.plan;

import dev.palimpsest.model.RowId;
import dev.palimpsest.query.index.adjacency.Chains;
import dev.palimpsest.query.index.adjacency.Chains.Chain;
import dev.palimpsest.query.index.lucene.Filter;
import dev.palimpsest.query.index.lucene.NodeSet;
import dev.palimpsest.question.Kind;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// `why.causesOf` and `why.effectsOf`: an entity at the end of a chain; a causal fact of a chain; a
/// memory that mentions such an entity.
public final class CausalRule implements Rule {

    private static final Comparator<Chain> STRONGEST =
            Comparator.comparingDouble(Chain::strength)
                    .thenComparing(
                            Comparator.comparingInt((Chain chain) -> chain.links().size())
                                    .reversed())
                    .thenComparing(Comparator.comparingLong(Chain::node).reversed());

    /// Chains from causes come before chains to effects, so that they read as one.
    static final Comparator<CausalRule> IN_CAUSAL_ORDER =
            Comparator.comparing(rule -> !rule.fromCause);

    private final boolean fromCause;
    private final Map<Long, Chain> byNode = new HashMap<>();
    private final Map<RowId, Chain> byFact = new HashMap<>();
    private final NodeSet reached;
    private final boolean truncated;

    /// @param fromCause whether the walk started at a cause
    CausalRule(Chains chains, boolean fromCause) {
        this.fromCause = fromCause;
        for (var chain : chains.chains()) {
            byNode.put(chain.node(), chain);
            chain.links().forEach(link -> byFact.merge(link.row(), chain, CausalRule::stronger));
        }
        this.reached = NodeSet.of(byNode.keySet());
        this.truncated = chains.truncated();
    }

    @Override
    public Filter filter(Kind kind) {
        return switch (kind) {
            case ENTITY -> new Filter.Nodes(Filter.Role.SELF, reached);
            case FACT -> new Filter.Rows(byFact.keySet());
            case MEMORY -> new Filter.Nodes(Filter.Role.MENTIONED, reached);
        };
    }

    /// The strongest chain that ends at any of these nodes.
    public Optional<Chain> chainTo(Collection<Long> nodes) {
        return nodes.stream()
                .flatMap(node -> Optional.ofNullable(byNode.get(node)).stream())
                .max(STRONGEST);
    }

    /// The strongest chain that fact is part of.
    public Optional<Chain> chainOver(RowId fact) {
        return Optional.ofNullable(byFact.get(fact));
    }

    boolean truncated() {
        return truncated;
    }

    private static Chain stronger(Chain one, Chain other) {
        return STRONGEST.compare(one, other) >= 0 ? one : other;
    }
}
