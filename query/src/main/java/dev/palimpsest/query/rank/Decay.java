package dev.palimpsest.query.rank;

import dev.palimpsest.time.Interval;
import dev.palimpsest.time.Moments;
import java.time.Duration;
import java.time.Instant;

/// Scores that halve with distance.
public final class Decay {

    private static final double MICROS_PER_SECOND = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;

    private Decay() {}

    /// 1 at 0, a half at `half`, a quarter at twice that.
    static double halving(double distance, double half) {
        return Math.pow(0.5, distance / half);
    }

    /// How far away what has this score is at most; infinite for 0.
    public static double distance(double score, double half) {
        return -half * Math.log(score) / Math.log(2);
    }

    /// By the time between a moment and an interval; 1 inside it.
    static double halving(Interval interval, Instant moment, Duration half) {
        return halving(secondsBetween(interval, Moments.toMicros(moment)), seconds(half));
    }

    public static double seconds(Duration half) {
        return half.getSeconds() + half.getNano() / NANOS_PER_SECOND;
    }

    private static double secondsBetween(Interval interval, long micros) {
        if (micros < interval.fromMicros()) {
            return ((double) interval.fromMicros() - micros) / MICROS_PER_SECOND;
        }
        if (micros >= interval.untilMicros()) {
            return ((double) micros - interval.untilMicros()) / MICROS_PER_SECOND;
        }
        return 0;
    }
}
