package dev.palimpsest.datasets.bench.fourd;

/// How far scores are from being probabilities. For use by one thread.
public final class Calibration {

    private static final int BINS = 10;

    private final int[] counts = new int[BINS];
    private final double[] scores = new double[BINS];
    private final int[] right = new int[BINS];
    private double squares;

    /// @param score taken as the probability of being right, 0 to 1
    public void add(double score, boolean isRight) {
        if (!(score >= 0 && score <= 1)) {
            throw new IllegalArgumentException("a probability lies between 0 and 1: " + score);
        }
        int bin = Math.min((int) (score * BINS), BINS - 1);
        counts[bin]++;
        scores[bin] += score;
        right[bin] += isRight ? 1 : 0;
        double off = score - (isRight ? 1 : 0);
        squares += off * off;
    }

    public int count() {
        int all = 0;
        for (int count : counts) {
            all += count;
        }
        return all;
    }

    /// The expected calibration error over ten bins of equal width; 0 of nothing.
    public double expectedError() {
        double error = 0;
        for (int bin = 0; bin < BINS; bin++) {
            error += Math.abs(right[bin] - scores[bin]);
        }
        return count() == 0 ? 0 : error / count();
    }

    /// The mean squared error; 0 of nothing.
    public double brier() {
        return count() == 0 ? 0 : squares / count();
    }
}
