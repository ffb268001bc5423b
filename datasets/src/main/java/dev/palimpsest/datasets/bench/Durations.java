package dev.palimpsest.datasets.bench;

import java.time.Duration;
import java.util.Arrays;

/// How long one thing took, each time it was done. For use by one thread.
public final class Durations {

    private static final int FIRST_SIZE = 1_024;

    private long[] nanos = new long[FIRST_SIZE];
    private int count;

    public void add(long duration) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, count * 2);
        }
        nanos[count++] = duration;
    }

    public void addAll(Durations others) {
        for (int i = 0; i < others.count; i++) {
            add(others.nanos[i]);
        }
    }

    public int count() {
        return count;
    }

    Duration mean() {
        return Duration.ofNanos(Math.round(Arrays.stream(nanos, 0, count).average().orElse(0)));
    }

    /// The shortest duration that at least this share of all did not exceed; zero if there are
    /// none.
    public Duration percentile(double share) {
        if (count == 0) {
            return Duration.ZERO;
        }
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        int rank = (int) Math.ceil(share * count);
        return Duration.ofNanos(sorted[Math.max(rank, 1) - 1]);
    }
}
