package dev.palimpsest.query.index.adjacency;

import dev.palimpsest.model.RowId;
import java.util.List;

/// The best chain of causes to, or effects from, everything within reach.
///
/// @param truncated whether a limit was met, so that more may be within reach
/// @param looked how many causal facts were followed
public record Chains(List<Chain> chains, boolean truncated, int looked) {

    public Chains {
        chains = List.copyOf(chains);
    }

    /// The best chain between `node` and where the walk started.
    ///
    /// @param strength the product of the links'; a link without one counts as 1
    /// @param links from the first cause to the last effect
    public record Chain(long node, double strength, List<Link> links) {
        public Chain {
            links = List.copyOf(links);
        }
    }

    /// One causal fact: the row of its version, and its two nodes.
    public record Link(RowId row, long cause, long effect) {}
}
