package dev.palimpsest.ingest.job;

import dev.palimpsest.port.StoreException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Waits for what will pass by itself - a full disk, a database that is away - and says why.
final class Patience {

    static final Duration RETRY = Duration.ofSeconds(2);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private volatile Optional<String> waiting = Optional.empty();

    /// Nothing more is to be tried, and nobody knows whether the last thing was done.
    static final class Interrupted extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /// Why nothing moves, if nothing does.
    Optional<String> waiting() {
        return waiting;
    }

    /// Something moves again.
    void over() {
        waiting = Optional.empty();
    }

    /// Does `step` as often as it takes, while it is [StoreException.Unavailable].
    ///
    /// @throws Interrupted if `interrupted` before it is done
    void untilDone(BooleanSupplier interrupted, Runnable step) {
        untilTold(
                interrupted,
                () -> {
                    step.run();
                    return true;
                });
    }

    /// Asks, likewise.
    <T> T untilTold(BooleanSupplier interrupted, Supplier<T> question) {
        while (true) {
            try {
                var told = question.get();
                over();
                return told;
            } catch (StoreException.Unavailable e) {
                pause(e, RETRY, interrupted);
            }
        }
    }

    /// Waits so long.
    ///
    /// @throws Interrupted if `interrupted` before
    void pause(StoreException why, Duration duration, BooleanSupplier interrupted) {
        waiting = Optional.of(String.valueOf(why.getMessage()));
        long until = System.nanoTime() + duration.toNanos();
        while (System.nanoTime() < until) {
            if (interrupted.getAsBoolean()) {
                throw new Interrupted();
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }
}
