package dev.palimpsest.relational.commit;

import dev.palimpsest.port.StoreException;
import dev.palimpsest.relational.SqlFailure;
import dev.palimpsest.time.Position;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one writer of a partition: takes batches from the queue, commits them, and answers.
///
/// A batch that PostgreSQL refuses is halved until what it refuses stands alone, so that nothing
/// else suffers; one that fails for reasons outside it is answered with
/// [StoreException.Unavailable]. Whatever fails, nothing of it stays in memory.
final class Committer implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Committer.class);

    /// Without further writes nobody learns that a trouble is over.
    private static final Duration TROUBLE_LASTS = Duration.ofSeconds(60);

    private final RequestQueue queue;
    private final DataSource source;
    private final int partition;
    private final Executor answering;
    private final Consumer<Position> committed;
    private final Remembered remembered = new Remembered();
    private final Transaction transaction;
    private final Standstill standstill;
    private final Poison poison;
    private Optional<Session> session;
    private volatile Optional<Trouble> trouble = Optional.empty();

    /// What kept writes from being written, and when, in nanoseconds of [System#nanoTime].
    private record Trouble(String why, long since) {}

    /// @param standstill is told of what takes long
    Committer(
            RequestQueue queue,
            Standstill standstill,
            DataSource source,
            Session session,
            InstantSource clock,
            Executor answering,
            Consumer<Position> committed) {
        this.queue = queue;
        this.standstill = standstill;
        this.source = source;
        this.partition = session.partition();
        this.session = Optional.of(session);
        this.answering = answering;
        this.committed = committed;
        this.transaction = new Transaction(clock, remembered);
        this.poison = new Poison(transaction);
    }

    @Override
    public void run() {
        for (var batch = queue.take(); !batch.isEmpty(); batch = queue.take()) {
            try {
                carryOut(batch);
            } catch (SQLException | RuntimeException | Error e) {
                // An Error too: without this thread nothing would ever be answered again.
                LOG.error("a batch of {} requests could not be written", batch.size(), e);
                drop();
                failForNow(batch, failureOf(e));
            }
        }
        session.ifPresent(Session::close);
    }

    /// Why the last write failed, if it is not long ago and none succeeded since.
    Optional<String> trouble() {
        return trouble.filter(one -> System.nanoTime() - one.since < TROUBLE_LASTS.toNanos())
                .map(Trouble::why);
    }

    private static StoreException failureOf(Throwable failure) {
        return switch (failure) {
            case StoreException known -> known;
            case SQLException sql -> SqlFailure.whileWriting(sql);
            default ->
                    new StoreException.Unavailable(
                            "the committer failed and starts again: " + failure, failure);
        };
    }

    private void carryOut(List<Pending> batch) throws SQLException {
        if (!(batch.getFirst() instanceof Pending.Write)) {
            carryOutAlone(batch.getFirst());
        } else {
            commit(
                    batch.stream()
                            .filter(Pending.Write.class::isInstance)
                            .map(Pending.Write.class::cast)
                            .toList());
        }
    }

    private Session session() {
        var connected = session.orElseGet(() -> Session.open(source, partition));
        session = Optional.of(connected);
        return connected;
    }

    private void drop() {
        remembered.forgetAll();
        session.ifPresent(Session::abandon);
        session = Optional.empty();
    }

    private void failForNow(List<? extends Pending> batch, StoreException failure) {
        trouble = Optional.of(new Trouble(String.valueOf(failure.getMessage()), System.nanoTime()));
        fail(batch, failure);
    }

    private static void fail(List<? extends Pending> batch, StoreException failure) {
        batch.forEach(request -> request.future().completeExceptionally(failure));
    }

    private void commit(List<Pending.Write> batch) throws SQLException {
        var connected = session();
        List<Runnable> replies;
        try {
            replies = transaction.commit(connected, batch);
        } catch (SQLException e) {
            recover(connected, batch, e);
            return;
        } catch (StoreException.Corrupt | IllegalStateException | IllegalArgumentException e) {
            connected.rollback();
            isolate(batch, e);
            return;
        }
        tell(connected, replies);
    }

    private void recover(Session connected, List<Pending.Write> batch, SQLException failure)
            throws SQLException {
        if (SqlFailure.endsConnection(failure) || !connected.isAlive()) {
            LOG.warn("the committer lost its connection: {}", SqlFailure.message(failure));
            drop();
            failForNow(batch, SqlFailure.whileWriting(failure));
            return;
        }
        connected.rollback();
        if (!SqlFailure.isOfTheRows(failure)) {
            LOG.warn("a batch could not be written now: {}", SqlFailure.message(failure));
            failForNow(batch, SqlFailure.whileWriting(failure));
        } else if (batch.size() > 1) {
            halve(batch);
        } else {
            LOG.warn("PostgreSQL refuses a request: {}", SqlFailure.message(failure));
            commitWithoutPoison(batch.getFirst(), failure);
        }
    }

    private void halve(List<Pending.Write> batch) throws SQLException {
        commit(batch.subList(0, batch.size() / 2));
        commit(batch.subList(batch.size() / 2, batch.size()));
    }

    /// Fails the one request of a batch that our own code cannot carry out: a row that cannot be
    /// read, or a mistake of ours.
    private void isolate(List<Pending.Write> batch, RuntimeException failure) throws SQLException {
        if (batch.size() > 1) {
            halve(batch);
            return;
        }
        LOG.error("a request cannot be carried out", failure);
        remembered.forgetAll();
        fail(
                batch,
                failure instanceof StoreException.Corrupt corrupt
                        ? corrupt
                        : new StoreException.Corrupt(
                                "the ledger holds what does not fit: " + failure, failure));
    }

    private void commitWithoutPoison(Pending.Write write, SQLException failure)
            throws SQLException {
        var connected = session();
        var cured = poison.mark(connected, write, failure);
        var replies = transaction.commit(connected, List.of(cured));
        tell(connected, replies);
    }

    /// After a commit: whoever follows hears of it, whoever asked is answered.
    private void tell(Session connected, List<Runnable> replies) {
        trouble = Optional.empty();
        committed.accept(new Position(connected.head().position()));
        answering.execute(() -> replies.forEach(Runnable::run));
    }

    /// What is no write: each has the ledger for itself.
    private void carryOutAlone(Pending request) throws SQLException {
        var connected = session();
        Runnable reply;
        try (var _ = standstill.begin(request)) {
            reply = new Alone(connected, transaction).carryOut(request);
            if (!(request instanceof Pending.NewSpace)) {
                remembered.forgetAll();
            }
        } catch (StoreException e) {
            connected.rollback();
            fail(List.of(request), e);
            return;
        }
        // Nobody is turned away any more by the time somebody hears of it.
        tell(connected, List.of(reply));
    }
}
