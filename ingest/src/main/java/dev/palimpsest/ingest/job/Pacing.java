package dev.palimpsest.ingest.job;

import dev.palimpsest.ingest.record.WriteDoor;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Keeps an import near what is searchable: what it wrote is found within seconds, and all who
/// follow read the same end of the ledger, once for all. Each batch waits but a while, since a
/// projection may be behind for long; and without hurrying those who follow, for many small batches
/// cost much.
final class Pacing {

    /// How many positions it is ahead before it waits.
    private static final long MOST_AHEAD = 15_000;

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private final WriteDoor door;

    Pacing(WriteDoor door) {
        this.door = door;
    }

    /// Returns when the next batch may be written, or nobody wants it any more.
    ///
    /// @throws dev.palimpsest.port.StoreException.Unavailable if nobody knows how far it is behind
    void pause(BooleanSupplier interrupted) {
        long until = System.nanoTime() + LONGEST_PAUSE.toNanos();
        while (door.behind() > MOST_AHEAD
                && System.nanoTime() < until
                && !interrupted.getAsBoolean()) {
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }
}
