package dev.palimpsest.relational.commit;

import dev.palimpsest.port.StoreException;
import java.sql.Connection;
import java.sql.SQLException;

/// Writes where the ledger stands.
final class MovedHead {

    private MovedHead() {}

    /// Moves the head on, if it is where it was: the lock is held, so nobody else can have.
    static void write(Connection connection, int partition, Head start, Head head)
            throws SQLException {
        try (var update =
                connection.prepareStatement(
                        """
                        update ledger set last_position = ?, last_recorded = ?, last_node = ?
                        where partition = ? and epoch = ? and last_position = ?
                        """)) {
            update.setLong(1, head.position());
            update.setLong(2, head.recorded());
            update.setLong(3, head.node());
            update.setInt(4, partition);
            update.setObject(5, start.epoch());
            update.setLong(6, start.position());
            if (update.executeUpdate() != 1) {
                throw new StoreException.Unavailable(
                        "somebody else wrote to the ledger; its head is read again");
            }
        }
    }
}
