package dev.palimpsest.api;

import dev.palimpsest.model.Space;
import dev.palimpsest.port.Forgetting;
import dev.palimpsest.port.Recorder;
import dev.palimpsest.port.Tombstones;
import dev.palimpsest.port.Tombstones.Remainder;
import dev.palimpsest.port.Visibility.Level;
import dev.palimpsest.port.WriteRequest;
import dev.palimpsest.port.WriteResult;
import dev.palimpsest.query.index.Followers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A thread that cleans up after what was forgotten: when every projection has dropped it, they
/// give back the room it took, and so does the ledger. What a crash cut short is done at the next
/// start, what fails a little later.
final class Cleaning implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Cleaning.class);

    /// Whoever forgets wakes the thread; this is for what other processes forgot.
    private static final Duration LONGEST_SLEEP = Duration.ofMinutes(5);

    private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);

    /// While someone reads the ledger as it was, such as a backup that is being fetched.
    private static final Duration WHILE_SEEN = Duration.ofSeconds(1);

    /// How long a step is waited for before it is looked whether to stop.
    private static final Duration LONGEST_STEP = Duration.ofMillis(500);

    private final Tombstones tombstones;
    private final Followers followers;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition woken = lock.newCondition();
    private boolean forgot;
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

    /// `recorder`, through which whoever forgets wakes this.
    Recorder wokenBy(Recorder recorder) {
        return new WakingRecorder(recorder, this::wake);
    }

    private record WakingRecorder(Recorder recorder, Runnable wake) implements Recorder {

        @Override
        public CompletableFuture<WriteResult> record(WriteRequest request) {
            return recorder.record(request);
        }

        @Override
        public CompletableFuture<Forgetting.Report> forget(Forgetting wanted, boolean dryRun) {
            return recorder.forget(wanted, dryRun).whenComplete((_, _) -> wake.run());
        }

        @Override
        public CompletableFuture<Boolean> lift(Forgetting lifted) {
            return recorder.lift(lifted);
        }

        @Override
        public boolean makeSpace(Space space) {
            return recorder.makeSpace(space);
        }
    }

    /// Something is to be cleaned up after.
    void wake() {
        lock.lock();
        try {
            forgot = true;
            woken.signal();
        } finally {
            lock.unlock();
        }
    }

    /// Stops after the step it is at.
    @Override
    public void close() {
        stopping = true;
        wake();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!stopping) {
            try {
                var waiting = tombstones.remainders();
                if (waiting.isEmpty()) {
                    sleep(LONGEST_SLEEP);
                } else {
                    clean(waiting);
                }
            } catch (RuntimeException | ExecutionException e) {
                LOG.warn("what was forgotten could not be cleaned away; trying again", e);
                pause(AFTER_FAILURE);
            } catch (InterruptedException e) {
                throw new IllegalStateException("the cleaning is never interrupted", e);
            }
        }
    }

    /// All that waits at once: a vacuum goes through whole tables.
    private void clean(List<Remainder> waiting) throws InterruptedException, ExecutionException {
        while (!followers.await(waiting.getLast().position(), Level.EMBEDDED, LONGEST_STEP)) {
            if (stopping) {
                return;
            }
        }
        for (var space : waiting.stream().map(Remainder::space).distinct().toList()) {
            var scouring = followers.all().stream().map(index -> index.scour(space)).toList();
            for (var done : scouring) {
                await(done);
            }
        }
        while (!stopping && !tombstones.clean(waiting)) {
            pause(WHILE_SEEN);
        }
    }

    private void await(Future<Void> scoured) throws InterruptedException, ExecutionException {
        while (!stopping) {
            try {
                scoured.get(LONGEST_STEP.toMillis(), TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException e) {
                LOG.debug("an index is still at it", e);
            }
        }
    }

    /// Until something is forgotten, or this is closed.
    private void sleep(Duration atMost) throws InterruptedException {
        lock.lock();
        try {
            long left = atMost.toNanos();
            while (!forgot && left > 0) {
                left = woken.awaitNanos(left);
            }
            forgot = false;
        } finally {
            lock.unlock();
        }
    }

    /// Until this is closed.
    private void pause(Duration atMost) {
        lock.lock();
        try {
            long left = atMost.toNanos();
            while (!stopping && left > 0) {
                left = woken.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("the cleaning is never interrupted", e);
        } finally {
            lock.unlock();
        }
    }
}
