package dev.palimpsest.time;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// Moments in whole microseconds since 1970, as the stores keep them.
public final class Moments {

    /// Before anything this store speaks of: where an interval starts that holds "always".
    public static final Instant BEGINNING = Instant.parse("-9999-01-01T00:00:00Z");

    /// The last moment that may be named.
    public static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");

    /// How stores write an end that has not come: valid without end, or still recorded.
    public static final long OPEN = Long.MAX_VALUE;

    private Moments() {}

    /// Whole microseconds since 1970, rounded down.
    public static long toMicros(Instant moment) {
        return Math.addExact(
                Math.multiplyExact(moment.getEpochSecond(), 1_000_000L), moment.getNano() / 1_000);
    }

    public static Instant fromMicros(long micros) {
        return Instant.ofEpochSecond(
                Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000L);
    }

    /// `moment` if it lies in the years this store speaks of, cut to whole microseconds.
    ///
    /// @throws IllegalArgumentException otherwise
    public static Instant require(Instant moment) {
        if (moment.isBefore(BEGINNING) || moment.isAfter(LAST)) {
            throw new IllegalArgumentException(
                    "must lie between the years -9999 and 9999: " + moment);
        }
        return moment.truncatedTo(ChronoUnit.MICROS);
    }
}
