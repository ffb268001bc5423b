package dev.palimpsest.relational.commit;

import dev.palimpsest.port.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/// Writes what a batch came to: one statement per table, and the head.
final class BatchWriter {

    private final Connection connection;
    private final WorkingState state;

    BatchWriter(Connection connection, WorkingState state) {
        this.connection = connection;
        this.state = state;
    }

    void write(int partition) throws SQLException {
        var touched = state.touched;
        Tables.ENTITY.write(connection, touched.entities.values());
        Tables.SOURCE.write(connection, touched.sources.values());
        Tables.PREDICATE.write(connection, touched.predicates.values());
        Tables.MEMORY.write(connection, touched.memories.values());
        write(
                touched.assertions.values(),
                row -> row.recorded().fromPosition(),
                Tables.ASSERTION,
                Tables.CLOSED_ASSERTION);
        write(
                touched.versions.values(),
                row -> row.recorded().fromPosition(),
                Tables.FACT_VERSION,
                Tables.CLOSED_VERSION);
        write(
                touched.profiles.values(),
                row -> row.recorded().fromPosition(),
                Tables.PROFILE,
                Tables.CLOSED_PROFILE);
        Tables.CHANGE.write(connection, touched.changes.values());
        List<Tables.KeptAnswer> answers = new ArrayList<>();
        touched.answers.forEach(
                (name, answer) -> answers.add(new Tables.KeptAnswer(name.space(), answer)));
        Tables.IDEMPOTENCY.write(connection, answers);
        moveHead(partition);
    }

    /// What was made in this batch goes in as it stands at its end, closed already if it is; of
    /// what was there before, only the closing is written.
    private <T> void write(
            Collection<T> rows, Function<T, Long> fromPosition, Table<T> made, Table<T> closed)
            throws SQLException {
        List<T> fresh = new ArrayList<>();
        List<T> ended = new ArrayList<>();
        for (T row : rows) {
            (state.isNewRow(fromPosition.apply(row)) ? fresh : ended).add(row);
        }
        made.write(connection, fresh);
        int count = closed.write(connection, ended);
        if (count != ended.size()) {
            throw new StoreException.Corrupt(
                    "of " + ended.size() + " visible rows only " + count + " could be closed");
        }
    }

    /// Moves the head on, if it is where it was: the lock is held, so nobody else can have.
    private void moveHead(int partition) throws SQLException {
        var start = state.start();
        var head = state.head();
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
