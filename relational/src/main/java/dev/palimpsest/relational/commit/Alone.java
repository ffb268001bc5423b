package dev.palimpsest.relational.commit;

import dev.palimpsest.model.Space;
import dev.palimpsest.port.Forgetting;
import dev.palimpsest.port.StoreException;
import dev.palimpsest.time.Moments;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// Carries out what is no write: spaces are made and taken in, things are forgotten, and that is
/// lifted.
final class Alone {

    private static final int SPACE = Tombstone.Kind.SPACE.code();

    private final Session session;
    private final Transaction transaction;

    Alone(Session session, Transaction transaction) {
        this.session = session;
        this.transaction = transaction;
    }

    /// @return what answers it
    Runnable carryOut(Pending request) throws SQLException {
        return switch (request) {
            case Pending.NewSpace wanted -> makeSpace(wanted);
            case Pending.Forget(var wanted, boolean dryRun, var future) -> {
                var report = transaction.forget(session, wanted, dryRun);
                yield () -> future.complete(report);
            }
            case Pending.Lift(var lifted, var future) -> {
                boolean wasForgotten = lift(lifted);
                yield () -> future.complete(wasForgotten);
            }
            case Pending.TakeIn(var arrival, var future) -> {
                var at = new Landing(session).carryOut(arrival);
                yield () -> future.complete(at);
            }
            case Pending.Write _ ->
                    throw new IllegalArgumentException("writes are committed in batches");
        };
    }

    private Runnable makeSpace(Pending.NewSpace wanted) throws SQLException {
        var id = wanted.made().id();
        if (session.names().isSpaceForgotten(Tombstone.of(id))) {
            throw new StoreException.Forgotten(
                    "a space of this name was forgotten and is not made again; use another name, or"
                            + " lift that first with POST .../forget/lift or forget --lift");
        }
        boolean made =
                change(
                                """
                                insert into space (id, strict, partition) values (?, ?, ?)
                                on conflict (id) do nothing
                                """,
                                id.value(),
                                wanted.made().strict(),
                                session.partition())
                        == 1;
        if (made) {
            Landing.takeOverTombstones(session.connection(), id);
        }
        session.connection().commit();
        var held = session.names().space(id).map(found -> found.row().space());
        session.rollback();
        return () -> answer(wanted, made, held);
    }

    private static void answer(Pending.NewSpace wanted, boolean made, Optional<Space> held) {
        if (held.equals(Optional.of(wanted.made()))) {
            wanted.future().complete(made);
        } else if (held.isEmpty()) {
            wanted.future()
                    .completeExceptionally(
                            new StoreException.Unavailable(
                                    "what was in that space is still being cleaned away; try again"
                                            + " a little later"));
        } else {
            wanted.future()
                    .completeExceptionally(
                            new StoreException.Conflict(
                                    "space "
                                            + wanted.made().id()
                                            + " is there already with other settings"));
        }
    }

    private boolean lift(Forgetting lifted) throws SQLException {
        var tombstone = Tombstone.of(lifted.space(), lifted.target());
        long now = Math.max(session.head().recorded(), Moments.toMicros(transaction.now()));
        long found =
                change(
                        """
                        update forgotten set lifted = ?, lifted_reason = ?
                        where kind = ? and id_sha256 = ? and lifted is null
                          and (kind = ? or space = (select no from space where id = ?))
                        """,
                        now,
                        lifted.reason(),
                        (int) tombstone.kind().code(),
                        tombstone.bytes(),
                        SPACE,
                        lifted.space().value());
        session.connection().commit();
        return found > 0;
    }

    private long change(String sql, Object... given) throws SQLException {
        return Queries.change(session.connection(), sql, List.of(given));
    }
}
