package dev.palimpsest.datasets.made;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/// Draws numbers from 0 on, the number n in proportion to 1 / (n + 1).
final class Zipf {

    private final double[] upTo;

    Zipf(int count) {
        upTo = new double[count];
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += 1.0 / (i + 1);
            upTo[i] = sum;
        }
    }

    int next(RandomGenerator random) {
        int found = Arrays.binarySearch(upTo, random.nextDouble() * upTo[upTo.length - 1]);
        return Math.min(found < 0 ? -found - 1 : found, upTo.length - 1);
    }
}
