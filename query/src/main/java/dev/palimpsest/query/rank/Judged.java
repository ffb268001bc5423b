package dev.palimpsest.query.rank;

import dev.palimpsest.query.plan.CausalRule.Trail;
import dev.palimpsest.question.Dimension;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// A candidate with its scores.
///
/// @param by at least one dimension
/// @param trails where it is on the chains the question asked for, in the order of the plan's rules
public record Judged(Candidate candidate, Map<Dimension, Double> by, List<Trail> trails) {

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
        trails = List.copyOf(trails);
    }

    /// The mean over the dimensions that were asked and that it has.
    public double score() {
        return by.values().stream().sorted().mapToDouble(Double::doubleValue).average().orElse(0);
    }

    private int links() {
        return trails.stream().mapToInt(trail -> trail.grade().links()).sum();
    }
}
