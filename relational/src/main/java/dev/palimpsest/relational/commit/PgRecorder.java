package dev.palimpsest.relational.commit;

import com.google.common.util.concurrent.Uninterruptibles;
import dev.palimpsest.model.Space;
import dev.palimpsest.port.Forgetting;
import dev.palimpsest.port.Recorder;
import dev.palimpsest.port.StoreException;
import dev.palimpsest.port.WriteRequest;
import dev.palimpsest.port.WriteRequest.IdempotencyKey;
import dev.palimpsest.port.WriteResult;
import dev.palimpsest.time.Bookmark;
import dev.palimpsest.time.Position;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import javax.sql.DataSource;

/// The writing door of a ledger in PostgreSQL. Only one can be open on a ledger at a time, in
/// whatever process. [#record] throws [IllegalArgumentException] if the idempotency key is no key;
/// all else is told by the future.
public final class PgRecorder implements Recorder, AutoCloseable {

    private static final int PARTITION = 0;

    private final RequestQueue queue = new RequestQueue();
    private final Standstill standstill;
    private final ExecutorService answering = Executors.newVirtualThreadPerTaskExecutor();
    private final Committer committer;
    private final Thread thread;

    private PgRecorder(
            DataSource ledger,
            Session session,
            InstantSource clock,
            Consumer<Position> committed,
            Duration longestStandstill) {
        this.standstill = new Standstill(queue, longestStandstill);
        this.committer =
                new Committer(queue, standstill, ledger, session, clock, answering, committed);
        this.thread = Thread.ofPlatform().name("committer-" + PARTITION).start(committer);
    }

    /// Opens the ledger for writing.
    ///
    /// @param committed is told the head after each batch, on the committer's own thread: it must
    ///   not block
    /// @throws StoreException.Unavailable if somebody else writes to this ledger
    public static PgRecorder open(
            DataSource ledger, InstantSource clock, Consumer<Position> committed) {
        return open(ledger, clock, committed, Limits.LONGEST_STANDSTILL);
    }

    /// @param longestStandstill how long writes wait for what is one transaction, however large
    static PgRecorder open(
            DataSource ledger,
            InstantSource clock,
            Consumer<Position> committed,
            Duration longestStandstill) {
        var session = Session.open(ledger, PARTITION);
        return new PgRecorder(ledger, session, clock, committed, longestStandstill);
    }

    @Override
    public CompletableFuture<WriteResult> record(WriteRequest request) {
        request.key().ifPresent(PgRecorder::requireFit);
        var items =
                request.items().stream()
                        .map(item -> Preparation.of(request.space(), item))
                        .toList();
        var future = new CompletableFuture<WriteResult>();
        offer(new Pending.Write(request, items, future));
        return future;
    }

    @Override
    public CompletableFuture<Forgetting.Report> forget(Forgetting wanted, boolean dryRun) {
        var future = new CompletableFuture<Forgetting.Report>();
        offer(new Pending.Forget(wanted, dryRun, future));
        return future;
    }

    @Override
    public CompletableFuture<Boolean> lift(Forgetting lifted) {
        var future = new CompletableFuture<Boolean>();
        offer(new Pending.Lift(lifted, future));
        return future;
    }

    /// Takes in a space of another ledger, at positions of its own behind all there are. Waits
    /// until that is done, however long: its rows lie on the caller's connection.
    ///
    /// @return all of it is at or before this
    /// @throws StoreException if not, and nothing of it is taken in
    public Bookmark takeIn(Arrival arrival) {
        var future = new CompletableFuture<Bookmark>();
        offer(new Pending.TakeIn(arrival, future));
        return join(future);
    }

    private static void requireFit(IdempotencyKey key) {
        boolean isShort =
                key.key().length() <= Limits.LONGEST_KEY
                        && key.bodyHash().length() <= Limits.LONGEST_KEY;
        if (key.key().isBlank()
                || !isShort
                || !Flaws.isStorable(key.key())
                || !Flaws.isStorable(key.bodyHash())) {
            throw new IllegalArgumentException(
                    "an idempotency key has 1 to "
                            + Limits.LONGEST_KEY
                            + " characters of Unicode, none of them U+0000");
        }
    }

    @Override
    public boolean makeSpace(Space space) {
        var future = new CompletableFuture<Boolean>();
        offer(new Pending.NewSpace(space, future));
        return join(future);
    }

    private static <T> T join(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof StoreException failure ? failure : e;
        }
    }

    private void offer(Pending request) {
        var refusal = request.isWrite() ? standstill.refusal() : Optional.<StoreException>empty();
        if (refusal.isPresent()) {
            request.future().completeExceptionally(refusal.get());
            return;
        }
        switch (queue.offer(request)) {
            case TAKEN -> {}
            case FULL ->
                    request.future()
                            .completeExceptionally(
                                    new StoreException.Overloaded(
                                            "too many writes are waiting", Limits.RETRY_AFTER));
            case CLOSED ->
                    request.future()
                            .completeExceptionally(
                                    new StoreException.Unavailable("the ledger is closing"));
        }
    }

    /// How many items wait to be written.
    public int waitingItems() {
        return queue.waitingItems();
    }

    /// Why the last write could not be made, if that was a moment ago and nothing was written
    /// since: a full disk, a database that is gone.
    public Optional<String> trouble() {
        return committer.trouble();
    }

    /// Takes no more requests, finishes those that wait, answers them, and lets go of the ledger.
    @Override
    public void close() {
        queue.close();
        Uninterruptibles.joinUninterruptibly(thread);
        answering.close();
    }
}
