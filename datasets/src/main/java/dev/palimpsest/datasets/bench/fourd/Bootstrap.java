package dev.palimpsest.datasets.bench.fourd;

import java.util.Arrays;
import java.util.Random;

/// The mean of paired differences with its 95 % interval, by drawing the pairs again.
///
/// @param mean of the differences
/// @param low 2.5 % of the draws have a lower mean
/// @param high 2.5 % of the draws have a higher mean
public record Bootstrap(double mean, double low, double high) {

    /// How often the pairs are drawn again.
    public static final int RESAMPLES = 10_000;

    private static final double TAIL = 0.025;

    /// Of `one` minus `other`, pair by pair.
    ///
    /// @throws IllegalArgumentException if they are not pairs
    public static Bootstrap ofDifference(double[] one, double[] other, long seed) {
        if (one.length != other.length || one.length == 0) {
            throw new IllegalArgumentException(
                    "as many of one as of the other: " + one.length + ", " + other.length);
        }
        var differences = new double[one.length];
        Arrays.setAll(differences, i -> one[i] - other[i]);
        var random = new Random(seed);
        var means = new double[RESAMPLES];
        for (int i = 0; i < RESAMPLES; i++) {
            means[i] =
                    random.ints(one.length, 0, one.length).mapToDouble(j -> differences[j]).sum()
                            / one.length;
        }
        Arrays.sort(means);
        return new Bootstrap(
                Arrays.stream(differences).average().orElseThrow(),
                means[(int) (TAIL * RESAMPLES)],
                means[(int) ((1 - TAIL) * RESAMPLES) - 1]);
    }

    /// Whether the difference is surely above zero.
    public boolean isAboveZero() {
        return low > 0;
    }
}
