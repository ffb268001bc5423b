package dev.palimpsest.query.index.adjacency;

import dev.palimpsest.model.Qualifiers.Delay;
import java.time.Duration;
import java.util.Arrays;

/// What is said of how long causes take, in microseconds; most facts have no delay, so these are
/// apart.
final class Delays {

    private static final long UNKNOWN = -1;

    private long[] mean = new long[16];
    private long[] deviation = new long[16];
    private int size;

    /// How long, and how much that varies.
    ///
    /// @param deviation [#UNKNOWN] if nobody says
    record Stretch(long mean, long deviation) {
        static Stretch of(Delay delay) {
            return new Stretch(
                    micros(delay.mean()), delay.deviation().map(Delays::micros).orElse(UNKNOWN));
        }
    }

    /// Adds one and gives its number.
    int add(Stretch delay) {
        if (size == mean.length) {
            mean = Arrays.copyOf(mean, size * 2);
            deviation = Arrays.copyOf(deviation, size * 2);
        }
        mean[size] = delay.mean();
        deviation[size] = delay.deviation();
        return size++;
    }

    Stretch get(int number) {
        return new Stretch(mean[number], deviation[number]);
    }

    /// How well a time fits, against the time that fits best: the height of the bell curve. Where
    /// nobody says how much the delay varies, any time fits.
    double likelihood(int number, long micros) {
        if (deviation[number] == UNKNOWN) {
            return 1;
        }
        double away = (double) micros - mean[number];
        if (away == 0) {
            return 1;
        }
        double deviations = away / deviation[number];
        return Math.exp(-deviations * deviations / 2);
    }

    private static long micros(Duration duration) {
        long most = Long.MAX_VALUE / 2_000_000;
        long seconds = Math.min(duration.getSeconds(), most);
        return seconds * 1_000_000 + duration.getNano() / 1_000;
    }
}
