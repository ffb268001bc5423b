package dev.palimpsest.query.rank;

import java.util.Collection;

/// Makes one score of the scores of several dimensions: their geometric mean, so that what fits all
/// of them fairly comes before what fits most of them well and one not at all. One that is missing
/// is left out, not counted 0.
///
/// A plain geometric mean would make 0 of whatever has one 0 in it, and lose all else that is known
/// of it. So each score counts as if it began at [#FLOOR]: a dimension can take a hundredth from a
/// row, but never its order among others.
///
/// It never falls when one of the scores rises (but for the last bits), lies between the least and
/// the greatest of them, is 1 only if all are, and does not depend on their order. Of one score it
/// is that score.
public final class Fusion {

    /// What a score of 0 counts, as a part of the best.
    static final double FLOOR = 0.01;

    private Fusion() {}

    /// @param scores each 0 to 1
    /// @return 0 of none
    public static double of(Collection<Double> scores) {
        if (scores.isEmpty()) {
            return 0;
        }
        double[] sorted = scores.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        double product = 1;
        for (double score : sorted) {
            product *= FLOOR + (1 - FLOOR) * score;
        }
        double mean = (Math.pow(product, 1.0 / sorted.length) - FLOOR) / (1 - FLOOR);
        return Math.clamp(mean, sorted[0], sorted[sorted.length - 1]);
    }
}
