package dev.palimpsest.relational;

import dev.palimpsest.port.StoreException;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.Set;
import java.util.stream.Stream;
import org.postgresql.util.PSQLException;

/// What an SQL error means to whoever asked.
public final class SqlFailure {

    private static final Set<String> SHUT_DOWN = Set.of("57P01", "57P02", "57P03", "57P05");

    private SqlFailure() {}

    /// The exception to throw when PostgreSQL could not `doing`.
    ///
    /// @param doing what was tried, such as "read facts about us1000chhc"
    public static RuntimeException of(String doing, SQLException failure) {
        String message = "PostgreSQL cannot " + doing + ": " + failure.getMessage();
        if (isDamage(failure)) {
            return new StoreException.Corrupt(message, failure);
        }
        if (failure instanceof SQLTransientException || isPassing(failure)) {
            return new StoreException.Unavailable(message, failure);
        }
        return new IllegalStateException(message, failure);
    }

    /// The same for writing, in the words of someone who can do something about it.
    public static StoreException whileWriting(SQLException failure) {
        if (isDamage(failure)) {
            return new StoreException.Corrupt(
                    "PostgreSQL finds the ledger damaged: " + message(failure), failure);
        }
        return new StoreException.Unavailable(
                isIn(failure, "53100")
                        ? "the disk of the ledger is full: free some space, then try again;"
                                + " nothing that was acknowledged is lost"
                        : "PostgreSQL cannot write now: " + message(failure),
                failure);
    }

    /// Whether it is what was written that PostgreSQL refuses: a value, a constraint, a size it
    /// does not take. Everything else is not its writer's fault.
    public static boolean isOfTheRows(SQLException failure) {
        return isIn(failure, "22", "23", "54");
    }

    /// Whether the connection is gone, so that nobody knows what became of the transaction.
    public static boolean endsConnection(SQLException failure) {
        return isIn(failure, "08") || SHUT_DOWN.contains(state(failure));
    }

    /// What went wrong, without the detail that quotes the row: whoever reads it need not be who
    /// wrote it.
    public static String message(SQLException failure) {
        return failure instanceof PSQLException known && known.getServerErrorMessage() != null
                ? String.valueOf(known.getServerErrorMessage().getMessage())
                : String.valueOf(failure.getMessage());
    }

    private static boolean isDamage(SQLException failure) {
        return isIn(failure, "XX");
    }

    /// No connection, rolled back by another's work, out of resources or disk, shutting down,
    /// locked, or trouble outside the server.
    private static boolean isPassing(SQLException failure) {
        return state(failure).isEmpty()
                || isIn(failure, "08", "25P03", "25P04", "40", "53", "55", "57", "58");
    }

    private static boolean isIn(SQLException failure, String... classes) {
        return Stream.of(classes).anyMatch(state(failure)::startsWith);
    }

    private static String state(SQLException failure) {
        return failure.getSQLState() == null ? "" : failure.getSQLState();
    }
}
