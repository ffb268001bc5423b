package dev.palimpsest.ingest.record;

import dev.palimpsest.model.Space;
import dev.palimpsest.port.Recorder;
import dev.palimpsest.port.StoreException;
import dev.palimpsest.port.Visibility;
import dev.palimpsest.port.Visibility.Level;
import dev.palimpsest.port.WriteRequest;
import dev.palimpsest.port.WriteResult;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The one door through which anything is written. Safe for use by many threads.
public final class WriteDoor {

    /// How many positions the projections may lag behind before new writes are turned away.
    static final long MOST_LAG = 200_000;

    private static final Duration LAG_RETRY = Duration.ofSeconds(2);
    private static final Duration LONGEST_COMMIT = Duration.ofSeconds(60);

    private final Recorder recorder;
    private final Visibility visibility;

    public WriteDoor(Recorder recorder, Visibility visibility) {
        this.recorder = recorder;
        this.visibility = visibility;
    }

    /// What became of a request.
    ///
    /// @param visible whether it became as visible as was asked in the time allowed
    public record Receipt(WriteResult result, boolean visible) {}

    /// Writes durably, then waits until what was written is visible at `level`, at most so long.
    ///
    /// @throws StoreException as [Recorder] says; [StoreException.Overloaded] also when projections
    ///   lag too far behind
    public Receipt write(WriteRequest request, Level level, Duration atMost) {
        admit();
        var result = join(recorder.record(request));
        return new Receipt(result, isVisible(result, level, atMost));
    }

    /// Writes durably; the future completes when that is so. For pipelines that keep several
    /// requests under way.
    public CompletableFuture<WriteResult> submit(WriteRequest request) {
        admit();
        return recorder.record(request);
    }

    /// Makes a space, unless it is there.
    ///
    /// @return whether it was made now
    /// @throws StoreException.Conflict if it is there with other settings
    public boolean makeSpace(Space space) {
        return recorder.makeSpace(space);
    }

    /// Waits until `result` is visible at `level`, at most so long.
    public boolean isVisible(WriteResult result, Level level, Duration atMost) {
        if (level == Level.DURABLE) {
            return true;
        }
        try {
            return visibility.await(result.bookmark().position(), level, atMost);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void admit() {
        long lag = visibility.lag(Level.SEARCHABLE);
        if (lag > MOST_LAG) {
            throw new StoreException.Overloaded(
                    "projections lag "
                            + lag
                            + " positions behind, more than "
                            + MOST_LAG
                            + "; write again a little later",
                    LAG_RETRY);
        }
    }

    private static WriteResult join(CompletableFuture<WriteResult> future) {
        try {
            return future.get(LONGEST_COMMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StoreException failure) {
                throw failure;
            }
            throw new StoreException.Unavailable("the write failed", e);
        } catch (TimeoutException e) {
            throw new StoreException.Unavailable(
                    "the ledger did not commit within "
                            + LONGEST_COMMIT
                            + "; ask again with the same Idempotency-Key",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException.Unavailable("interrupted while waiting for the commit", e);
        }
    }
}
