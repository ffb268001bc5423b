package dev.palimpsest.datasets.bench;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/// Figures as people read them.
final class Figures {

    private Figures() {}

    static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    static double milliseconds(Duration duration) {
        return duration.toNanos() / 1e6;
    }

    /// Milliseconds for each of `count`; zero if there were none.
    static double milliseconds(Duration all, long count) {
        return count == 0 ? 0 : milliseconds(all) / count;
    }

    /// Microseconds for each of `count`; zero if there were none.
    static double microseconds(Duration all, long count) {
        return milliseconds(all, count) * 1e3;
    }

    static double perSecond(long count, Duration time) {
        return time.isZero() ? 0 : count / seconds(time);
    }

    /// Such as `graph 12,345, text 0`.
    static String list(Map<String, Long> counts) {
        var words = new StringJoiner(", ");
        counts.forEach(
                (name, count) -> words.add(String.format(Locale.ROOT, "%s %,d", name, count)));
        return words.toString();
    }
}
