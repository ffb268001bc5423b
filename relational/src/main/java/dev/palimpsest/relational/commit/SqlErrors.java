package dev.palimpsest.relational.commit;

import java.sql.SQLException;
import java.util.Set;
import org.postgresql.util.PSQLException;

/// What an error of PostgreSQL asks of the committer.
final class SqlErrors {

    private static final Set<String> SHUT_DOWN = Set.of("57P01", "57P02", "57P03", "57P05");

    private SqlErrors() {}

    /// Whether the connection is gone, so that nobody knows what became of the transaction.
    static boolean endsConnection(SQLException failure) {
        String state = state(failure);
        return state.startsWith("08") || SHUT_DOWN.contains(state);
    }

    /// Whether it has nothing to do with what was written: out of disk, memory or connections,
    /// cancelled, locked out, or trouble outside the server.
    static boolean willPass(SQLException failure) {
        String state = state(failure);
        return state.startsWith("40")
                || state.startsWith("53")
                || state.startsWith("55")
                || state.startsWith("57")
                || state.startsWith("58");
    }

    /// In the words of someone who can do something about it.
    static String words(SQLException failure) {
        return switch (state(failure)) {
            case "53100" ->
                    "the disk of the ledger is full: free some space, then try again; nothing that"
                            + " was acknowledged is lost";
            default -> "PostgreSQL cannot write now: " + message(failure);
        };
    }

    /// What went wrong, without the detail that quotes the row: whoever reads it need not be who
    /// wrote it.
    static String message(SQLException failure) {
        return failure instanceof PSQLException known && known.getServerErrorMessage() != null
                ? String.valueOf(known.getServerErrorMessage().getMessage())
                : String.valueOf(failure.getMessage());
    }

    private static String state(SQLException failure) {
        return failure.getSQLState() == null ? "" : failure.getSQLState();
    }
}
