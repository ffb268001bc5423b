package dev.palimpsest.relational.commit;

import dev.palimpsest.port.Forgetting;
import dev.palimpsest.time.Moments;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// Carries a batch out in one transaction.
final class Transaction {

    private final InstantSource clock;
    private final Remembered remembered;
    private long nextCleaning = Long.MIN_VALUE;

    Transaction(InstantSource clock, Remembered remembered) {
        this.clock = clock;
        this.remembered = remembered;
    }

    /// Commits a batch.
    ///
    /// @return what answers its requests, now that it is durable
    List<Runnable> commit(Session session, List<Pending.Write> batch) throws SQLException {
        session.ensurePartitions();
        var state = begin(session);
        var replies = work(session, state, batch);
        if (state.hasNothingToWrite()) {
            session.rollback();
        } else {
            cleanNowAndThen(session, state.now);
            new BatchWriter(session.connection(), state).write(session.partition());
            session.connection().commit();
        }
        session.moveTo(state.head());
        remembered.takeOver(state);
        return replies;
    }

    Instant now() {
        return clock.instant();
    }

    /// Does all of it but the commit, to see whether it fails.
    void tryOut(Session session, List<Pending.Write> batch) throws SQLException {
        var state = begin(session);
        work(session, state, batch);
        new BatchWriter(session.connection(), state).write(session.partition());
        session.rollback();
    }

    /// Forgets, or does all of it but the commit.
    Forgetting.Report forget(Session session, Forgetting wanted, boolean dryRun)
            throws SQLException {
        session.ensurePartitions();
        var state = begin(session);
        var report = new Forgetter(session, state).forget(wanted);
        if (dryRun || !report.changed()) {
            session.rollback();
            return new Forgetting.Report(
                    session.bookmark(), false, report.touched(), report.left());
        }
        session.connection().commit();
        session.moveTo(state.head());
        return report;
    }

    private WorkingState begin(Session session) {
        return new WorkingState(session.head(), Moments.toMicros(clock.instant()));
    }

    private List<Runnable> work(Session session, WorkingState state, List<Pending.Write> batch)
            throws SQLException {
        var desk = Desk.of(state, session.rows(), session.numbers());
        new Seeding(state, remembered, session.names(), desk.topics()).seed(batch);
        var requests = new RequestWriter(desk, session.partition());
        List<Runnable> replies = new ArrayList<>(batch.size());
        for (var write : batch) {
            replies.add(requests.carryOut(write));
        }
        return replies;
    }

    private void cleanNowAndThen(Session session, long now) throws SQLException {
        if (now < nextCleaning) {
            return;
        }
        try (var delete =
                session.connection()
                        .prepareStatement("delete from idempotency where recorded < ?")) {
            delete.setLong(1, now - Limits.ANSWERS_KEPT.toMillis() * 1_000);
            delete.execute();
        }
        nextCleaning = now + Limits.BETWEEN_CLEANINGS.toMillis() * 1_000;
    }
}
