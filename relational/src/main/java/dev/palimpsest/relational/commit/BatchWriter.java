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
        MovedHead.write(connection, partition, state.start(), state.head());
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
}
