package dev.palimpsest.port;

import dev.palimpsest.model.Space;
import java.util.concurrent.CompletableFuture;

/// The one way into the ledger. Safe for use by many threads; only `ingest.record` may see it.
///
/// Requests are put in order, given dense positions and strictly increasing recorded times, and
/// committed in groups. A future completes when its request is durable, not before; exceptionally
/// with a [StoreException] if it could not be written at all: [StoreException.NotFound] (no such
/// space), [StoreException.Conflict] (idempotency key used for another body),
/// [StoreException.Unavailable] (the store fails; whether it was written is told by trying again
/// with the same key), [StoreException.Overloaded] (the queue is full).
public interface Recorder {

    CompletableFuture<WriteResult> record(WriteRequest request);

    /// Forgets, at one position. Forgetting again what was forgotten changes nothing.
    ///
    /// @param dryRun whether only to say what that would touch
    /// @return fails with [StoreException.NotFound] if there is no such thing
    CompletableFuture<Forgetting.Report> forget(Forgetting wanted, boolean dryRun);

    /// Allows that something forgotten is taken in again. What was deleted stays so.
    ///
    /// @param lifted its reason says why
    /// @return whether it was forgotten
    CompletableFuture<Boolean> lift(Forgetting lifted);

    /// Makes the space if it is not there; changes nothing if it is there with the same settings.
    ///
    /// @return whether it was made now
    /// @throws StoreException.Conflict if it is there with other settings
    /// @throws StoreException.Forgotten if it was forgotten
    boolean makeSpace(Space space);
}
