package dev.palimpsest.ingest.record;

import dev.palimpsest.model.Space;
import dev.palimpsest.port.Forgetting;
import dev.palimpsest.port.Recorder;
import dev.palimpsest.port.StoreException;
import dev.palimpsest.port.Visibility;
import dev.palimpsest.port.Visibility.Level;
import dev.palimpsest.port.WriteRequest;
import dev.palimpsest.port.WriteResult;
import dev.palimpsest.time.Bookmark;
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

    /// A whole space is deleted row by row.
    private static final Duration LONGEST_FORGETTING = Duration.ofMinutes(30);

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
        var result = join(recorder.record(request), LONGEST_COMMIT);
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

    /// Forgets durably, then waits until no projection of `level` holds it any more, at most so
    /// long.
    public Forgot forget(Forgetting wanted, Level level, Duration atMost) {
        var report = join(recorder.forget(wanted, false), LONGEST_FORGETTING);
        return new Forgot(report, isVisible(report.at(), level, atMost));
    }

    /// Says what forgetting would touch.
    public Forgot wouldForget(Forgetting wanted) {
        return new Forgot(join(recorder.forget(wanted, true), LONGEST_FORGETTING), true);
    }

    /// What became of a forgetting.
    ///
    /// @param dropped whether no projection of the level asked for holds it any more
    public record Forgot(Forgetting.Report report, boolean dropped) {}

    /// Allows that something forgotten is taken in again.
    ///
    /// @return whether it was forgotten
    public boolean lift(Forgetting lifted) {
        return join(recorder.lift(lifted), LONGEST_COMMIT);
    }

    /// Waits until `result` is visible at `level`, at most so long.
    public boolean isVisible(WriteResult result, Level level, Duration atMost) {
        return isVisible(result.bookmark(), level, atMost);
    }

    private boolean isVisible(Bookmark bookmark, Level level, Duration atMost) {
        if (level == Level.DURABLE) {
            return true;
        }
        try {
            return visibility.await(bookmark.position(), level, atMost);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// How many positions are durable and not searchable yet.
    public long behind() {
        return visibility.lag(Level.SEARCHABLE);
    }

    private void admit() {
        long lag = behind();
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

    private static <T> T join(CompletableFuture<T> future, Duration atMost) {
        try {
            return future.get(atMost.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StoreException failure) {
                throw failure;
            }
            throw new StoreException.Unavailable("the write failed", e);
        } catch (TimeoutException e) {
            throw new StoreException.Unavailable(
                    "the ledger did not commit within "
                            + atMost
                            + "; ask again with the same Idempotency-Key",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException.Unavailable("interrupted while waiting for the commit", e);
        }
    }
}
