package dev.palimpsest.ingest.job;

import dev.palimpsest.ingest.record.WriteDoor;
import dev.palimpsest.ingest.source.InvalidField;
import dev.palimpsest.model.Predicate;
import dev.palimpsest.port.StoreException;
import dev.palimpsest.port.WriteItem;
import dev.palimpsest.port.WriteItem.Action.RegisterPredicate;
import dev.palimpsest.port.WriteRequest;
import dev.palimpsest.port.WriteRequest.IdempotencyKey;
import dev.palimpsest.port.WriteResult;
import dev.palimpsest.port.WriteResult.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;

/// Writes the batches of one job, each for as long as it takes: while the ledger is full, down or
/// its disk is, the job waits and says why.
final class Batches {

    private static final Duration BEFORE_THE_FIRST = Duration.ofSeconds(1);

    private final WriteDoor door;
    private final ImportJob job;
    private final BooleanSupplier interrupted;
    private final Patience patience;

    /// @param interrupted whether nothing more is to be tried
    Batches(WriteDoor door, ImportJob job, Patience patience, BooleanSupplier interrupted) {
        this.door = door;
        this.job = job;
        this.patience = patience;
        this.interrupted = interrupted;
    }

    /// A batch under way; `done` is empty if nothing of it can be written.
    record Pending(Optional<WriteRequest> request, CompletableFuture<WriteResult> done) {}

    /// Registers the predicates of a mapping, before the oldest item was recorded if items say when
    /// that was: recorded times only rise.
    ///
    /// @throws InvalidField if one is held otherwise
    void register(List<Predicate> predicates, Batch first) {
        if (predicates.isEmpty()) {
            return;
        }
        Optional<Instant> recorded =
                first.items().stream()
                        .flatMap(item -> item.recorded().stream())
                        .min(Comparator.naturalOrder())
                        .map(moment -> moment.minus(BEFORE_THE_FIRST));
        var items =
                predicates.stream()
                        .map(RegisterPredicate::new)
                        .map(action -> new WriteItem(action, recorded))
                        .toList();
        var request = new WriteRequest(job.space(), items, true, Optional.empty());
        var result = settle(new Pending(Optional.of(request), send(request)));
        result.stream()
                .flatMap(written -> written.outcomes().stream())
                .filter(Outcome.Refused.class::isInstance)
                .map(refused -> ((Outcome.Refused) refused).refusal())
                .findFirst()
                .ifPresent(refusal -> {
                    throw new InvalidField(refusal.field(), refusal.rule());
                });
    }

    /// Sends a batch on its way. The one before it must be settled, for order is what was said
    /// last.
    ///
    /// @param before how many pieces come before it
    Pending submit(Batch batch, long before) {
        var items = batch.items();
        if (items.isEmpty()) {
            return new Pending(Optional.empty(), new CompletableFuture<>());
        }
        var key = new IdempotencyKey("import/" + job.id() + "/" + before, batch.hash());
        var request = new WriteRequest(job.space(), items, false, Optional.of(key));
        return new Pending(Optional.of(request), send(request));
    }

    /// What became of it, once it is durable; empty if there was nothing to write.
    ///
    /// @throws Patience.Interrupted if that is told before
    Optional<WriteResult> settle(Pending pending) {
        if (pending.request().isEmpty()) {
            return Optional.empty();
        }
        var request = pending.request().get();
        var done = pending.done();
        while (true) {
            try {
                var result = done.join();
                patience.over();
                return Optional.of(result);
            } catch (CompletionException e) {
                request = afterFailure(e, request);
            }
            done = send(request);
        }
    }

    /// The request to be made again.
    private WriteRequest afterFailure(CompletionException e, WriteRequest request) {
        switch (e.getCause()) {
            case StoreException.Overloaded overloaded ->
                    patience.pause(overloaded, overloaded.retryAfter(), interrupted);
            case StoreException.Unavailable unavailable ->
                    patience.pause(unavailable, Patience.RETRY, interrupted);
            case StoreException.Conflict _ -> {
                // The key was used by another version of this program, which read otherwise.
                return new WriteRequest(
                        request.space(), request.items(), request.atomic(), Optional.empty());
            }
            case StoreException failure -> throw failure;
            case null, default -> throw e;
        }
        return request;
    }

    private CompletableFuture<WriteResult> send(WriteRequest request) {
        try {
            return door.submit(request);
        } catch (StoreException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
