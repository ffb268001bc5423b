package dev.palimpsest.query.index.adjacency;

import dev.palimpsest.cause.Likelihood;
import dev.palimpsest.model.RowId;
import java.util.List;
import java.util.Optional;

/// The best chains something is on, best first.
///
/// @param likelihood of the effect, given the cause, over all chains between them; empty for a
///   fact, or if there are too many chains to say
/// @param truncated whether a limit was met, so that there may be better ones
public record Chains(List<Chain> best, Optional<Likelihood> likelihood, boolean truncated) {

    public Chains {
        best = List.copyOf(best);
    }

    /// What is on a chain.
    public sealed interface Seed {
        record OfNode(long node) implements Seed {}

        record OfFact(RowId row) implements Seed {}
    }

    /// One chain.
    ///
    /// @param strength the product of its links'
    /// @param links from the first cause to the last effect
    public record Chain(double strength, List<Link> links) {
        public Chain {
            links = List.copyOf(links);
        }
    }

    /// One causal fact: the row of its version, and its two nodes.
    public record Link(RowId row, long cause, long effect) {}
}
