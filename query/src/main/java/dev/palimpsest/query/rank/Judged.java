package dev.palimpsest.query.rank;

import dev.palimpsest.model.RowId;
import dev.palimpsest.query.plan.CausalRule.Trail;
import dev.palimpsest.question.Dimension;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// A candidate with its scores.
///
/// @param by at least one dimension
/// @param trails where it is on the chains the question asked for, in the order of the plan's rules
/// @param score the [Fusion] of the dimensions that were asked and that it has
public record Judged<C extends Judgeable>(
        C candidate, Map<Dimension, Double> by, List<Trail> trails, double score) {

    private static final Comparator<Judged<? extends Judgeable>> BEST_FIRST =
            Comparator.<Judged<? extends Judgeable>>comparingDouble(Judged::score)
                    .reversed()
                    .thenComparing(judged -> judged.candidate().kind())
                    .thenComparingInt(Judged::links)
                    .thenComparing((one, other) -> later(one.id(), other.id()));

    public Judged {
        by = Map.copyOf(by);
        trails = List.copyOf(trails);
    }

    static <C extends Judgeable> Judged<C> of(
            C candidate, Map<Dimension, Double> by, List<Trail> trails) {
        return new Judged<>(candidate, by, trails, Fusion.of(by.values()));
    }

    /// The better first; of equals entities, then facts, then memories; of each the one fewer links
    /// away, then the one recorded last.
    public static Comparator<Judged<? extends Judgeable>> bestFirst() {
        return BEST_FIRST;
    }

    public RowId id() {
        return candidate.id();
    }

    private int links() {
        return trails.stream().mapToInt(trail -> trail.grade().links()).sum();
    }

    /// As their texts compare, the other way round.
    private static int later(RowId one, RowId other) {
        int high =
                Long.compareUnsigned(
                        other.value().getMostSignificantBits(),
                        one.value().getMostSignificantBits());
        return high != 0
                ? high
                : Long.compareUnsigned(
                        other.value().getLeastSignificantBits(),
                        one.value().getLeastSignificantBits());
    }
}
