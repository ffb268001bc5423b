package dev.palimpsest.api;

import dev.palimpsest.port.StoreException;
import dev.palimpsest.port.Tombstones;
import dev.palimpsest.port.Tombstones.Remainder;
import dev.palimpsest.port.Visibility.Level;
import dev.palimpsest.query.index.Followers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A thread that cleans up after what was forgotten: when every projection has dropped it, they
/// give back the room it took, and so does the ledger. What a crash cut short is done at the next
/// start.
final class Cleaning implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Cleaning.class);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);

    private final Tombstones tombstones;
    private final Followers followers;
    private final Thread thread;
    private volatile boolean stopping;

    private Cleaning(Tombstones tombstones, Followers followers) {
        this.tombstones = tombstones;
        this.followers = followers;
        this.thread = Thread.ofPlatform().name("cleaning").unstarted(this::run);
    }

    static Cleaning start(Tombstones tombstones, Followers followers) {
        var cleaning = new Cleaning(tombstones, followers);
        cleaning.thread.start();
        return cleaning;
    }

    /// Stops after the step it is at.
    @Override
    public void close() {
        stopping = true;
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!stopping) {
            try {
                var bySpace =
                        tombstones.remainders().stream()
                                .collect(Collectors.groupingBy(Remainder::space));
                for (var remainders : bySpace.values()) {
                    clean(remainders);
                }
                pause(BETWEEN_LOOKS);
            } catch (StoreException | ExecutionException e) {
                LOG.warn("what was forgotten could not be cleaned away; trying again", e);
                pause(AFTER_FAILURE);
            } catch (InterruptedException e) {
                throw new IllegalStateException("the cleaning is never interrupted", e);
            }
        }
    }

    /// @param remainders of one space, the oldest first
    private void clean(List<Remainder> remainders) throws InterruptedException, ExecutionException {
        var last = remainders.getLast();
        while (!followers.await(last.position(), Level.EMBEDDED, BETWEEN_LOOKS)) {
            if (stopping) {
                return;
            }
        }
        var scouring =
                followers.all().stream().map(follower -> follower.scour(last.space())).toList();
        for (var done : scouring) {
            await(done);
        }
        for (var remainder : remainders) {
            if (!stopping) {
                tombstones.clean(remainder);
            }
        }
    }

    private void await(Future<?> scoured) throws InterruptedException, ExecutionException {
        while (!stopping) {
            try {
                scoured.get(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException e) {
                LOG.debug("an index is still at it", e);
            }
        }
    }

    private void pause(Duration atMost) {
        if (!stopping) {
            LockSupport.parkNanos(atMost.toNanos());
        }
    }
}
