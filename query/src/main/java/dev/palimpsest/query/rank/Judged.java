package dev.palimpsest.query.rank;

import dev.palimpsest.query.index.adjacency.Chains.Chain;
import dev.palimpsest.question.Dimension;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// A candidate with its scores.
///
/// @param by at least one dimension
/// @param chains how it hangs together with what the question asked why of; first the way from a
///   cause to it, then from it to an effect
public record Judged(Candidate candidate, Map<Dimension, Double> by, List<Chain> chains) {

    /// The better first; of equals entities, then facts, then memories; of each the one fewer links
    /// away, then the one recorded last.
    public static final Comparator<Judged> BEST_FIRST =
            Comparator.comparingDouble(Judged::score)
                    .reversed()
                    .thenComparing(judged -> judged.candidate().kind())
                    .thenComparingInt(Judged::links)
                    .thenComparing(
                            judged -> judged.candidate().id().toString(),
                            Comparator.reverseOrder());

    public Judged {
        by = Map.copyOf(by);
        chains = List.copyOf(chains);
    }

    /// The mean over the dimensions that were asked and that it has.
    public double score() {
        return by.values().stream().sorted().mapToDouble(Double::doubleValue).average().orElse(0);
    }

    private int links() {
        return chains.stream().mapToInt(chain -> chain.links().size()).sum();
    }
}
