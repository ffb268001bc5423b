package dev.palimpsest.relational.commit;

import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.StoreException;
import dev.palimpsest.relational.SqlFailure;
import dev.palimpsest.time.Bookmark;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes a space of another ledger in, in one transaction: the one it waits in.
final class Landing {

    private static final Logger LOG = LoggerFactory.getLogger(Landing.class);

    private static final int SPACE = Tombstone.Kind.SPACE.code();

    private final Session session;

    Landing(Session session) {
        this.session = session;
    }

    /// @return all of it is at or before this
    Bookmark carryOut(Arrival arrival) throws SQLException {
        requireFree(arrival.space());
        session.ensurePartitions(arrival.positions());
        var start = session.head();
        var head = land(arrival, start);
        session.moveTo(head);
        return session.bookmark(head);
    }

    private Head land(Arrival arrival, Head start) {
        boolean landed = false;
        try {
            var connection = arrival.connection();
            var head = arrival.land(start, make(connection, arrival.space()));
            MovedHead.write(connection, session.partition(), start, head);
            connection.commit();
            landed = true;
            return head;
        } catch (SQLException e) {
            if (SqlFailure.isOfTheRows(e)) {
                throw new StoreException.Conflict(
                        "it does not fit a ledger ("
                                + SqlFailure.message(e)
                                + "): it is damaged; export it again");
            }
            throw SqlFailure.whileWriting(e);
        } finally {
            if (!landed) {
                undo(arrival.connection());
            }
        }
    }

    /// Lets go of the head at once: the next write waits for it.
    private static void undo(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            LOG.warn("a connection is gone with what was to be taken in: {}", e.getMessage());
        }
    }

    private void requireFree(SpaceId space) throws SQLException {
        boolean forgotten = session.names().isSpaceForgotten(Tombstone.of(space));
        boolean there = session.names().space(space).isPresent();
        session.rollback();
        if (forgotten) {
            throw new StoreException.Forgotten(
                    "space '"
                            + space
                            + "' was forgotten and is not taken in again, unless that is lifted"
                            + " first with POST .../forget/lift or forget --lift");
        }
        if (there) {
            throw new StoreException.Conflict(
                    "space '"
                            + space
                            + "' is there already, and a space is taken in whole or not at all;"
                            + " forget it first and lift that, or restore into a folder of its own");
        }
    }

    /// @return its number
    private int make(Connection connection, SpaceId space) throws SQLException {
        var made =
                Queries.change(
                        connection,
                        """
                        insert into space (id, strict, partition) values (?, false, ?)
                        on conflict (id) do nothing
                        """,
                        List.of(space.value(), session.partition()));
        if (made == 0) {
            throw new StoreException.Unavailable(
                    "what was in that space is still being cleaned away; try again a little later");
        }
        takeOverTombstones(connection, space);
        var no = new int[1];
        Queries.each(
                connection,
                "select no from space where id = ?",
                List.of(space.value()),
                row -> no[0] = row.getInt(1));
        return no[0];
    }

    /// What was forgotten in a space of that name before stays so in one that was just made.
    static void takeOverTombstones(Connection connection, SpaceId space) throws SQLException {
        Queries.change(
                connection,
                """
                update forgotten set space = (select no from space where id = ?)
                where kind <> ? and space in
                      (select space from forgotten where kind = ? and id_sha256 = ?)
                """,
                List.of(space.value(), SPACE, SPACE, Tombstone.of(space).bytes()));
    }
}
