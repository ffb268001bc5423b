package dev.palimpsest.query.rank;

import java.util.Collection;

/// Makes one score of the scores of several dimensions: their mean. One that is missing is left
/// out, not counted 0.
///
/// It never falls when one of them rises, lies between the least and the greatest of them, and does
/// not depend on their order, to the last bit.
public final class Fusion {

    private Fusion() {}

    /// @param scores each 0 to 1
    /// @return 0 of none
    public static double of(Collection<Double> scores) {
        return scores.stream().sorted().mapToDouble(Double::doubleValue).average().orElse(0);
    }
}
