package dev.palimpsest.query.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.time.Position;
import java.time.Duration;
import java.util.function.Supplier;

/// Writes that somebody waits for, one after the other.
final class Awaited {

    private static final int WRITES = 20;
    private static final Duration SOON = Duration.ofSeconds(20);

    private Awaited() {}

    /// How long the quickest of some took, but for the first, which may meet a follower at rest.
    /// One that gathers for a second after each batch takes that for each; a slow machine is quick
    /// once.
    static Duration quickest(Follower follower, Supplier<Position> write)
            throws InterruptedException {
        long quickest = Long.MAX_VALUE;
        for (int i = 0; i < WRITES; i++) {
            long begun = System.nanoTime();
            assertThat(follower.await(write.get(), SOON)).isTrue();
            if (i > 0) {
                quickest = Math.min(quickest, System.nanoTime() - begun);
            }
        }
        return Duration.ofNanos(quickest);
    }
}
