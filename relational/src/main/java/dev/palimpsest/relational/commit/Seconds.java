package dev.palimpsest.relational.commit;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;

/// Durations as the ledger keeps them: seconds in double precision.
final class Seconds {

    private static final BigInteger NANOS = BigInteger.valueOf(1_000_000_000);

    private Seconds() {}

    static double of(Duration duration) {
        return new BigDecimal(duration.getSeconds())
                .add(BigDecimal.valueOf(duration.getNano(), 9))
                .doubleValue();
    }

    static Duration toDuration(double seconds) {
        var nanos = new BigDecimal(seconds).setScale(9, RoundingMode.HALF_EVEN).movePointRight(9);
        var parts = nanos.toBigIntegerExact().divideAndRemainder(NANOS);
        return Duration.ofSeconds(parts[0].longValueExact(), parts[1].longValueExact());
    }

    /// `duration` as it comes back from the ledger.
    static Duration rounded(Duration duration) {
        return toDuration(of(duration));
    }
}
