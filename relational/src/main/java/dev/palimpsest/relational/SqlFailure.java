package dev.palimpsest.relational;

import dev.palimpsest.port.StoreException;
import java.sql.SQLException;
import java.sql.SQLTransientException;

/// What an SQL error means to whoever asked.
final class SqlFailure {

    private SqlFailure() {}

    /// The exception to throw when PostgreSQL could not `doing`.
    ///
    /// @param doing what was tried, such as "read facts about us1000chhc"
    static RuntimeException of(String doing, SQLException failure) {
        String message = "PostgreSQL cannot " + doing + ": " + failure.getMessage();
        String state = failure.getSQLState() == null ? "" : failure.getSQLState();
        if (state.startsWith("XX")) {
            return new StoreException.Corrupt(message, failure);
        }
        if (failure instanceof SQLTransientException || isPassing(state)) {
            return new StoreException.Unavailable(message, failure);
        }
        return new IllegalStateException(message, failure);
    }

    /// No connection, rolled back by another's work, out of resources or disk, shutting down,
    /// locked, or trouble outside the server.
    private static boolean isPassing(String state) {
        return state.isEmpty()
                || state.startsWith("08")
                || state.startsWith("25P03")
                || state.startsWith("40")
                || state.startsWith("53")
                || state.startsWith("55")
                || state.startsWith("57")
                || state.startsWith("58");
    }
}
