package dev.palimpsest.relational.commit;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Queue;

/// Numbers for new sources and predicates, from PostgreSQL's sequences, a block at a time. What a
/// failed batch took is not given back: these numbers need not be dense.
final class Numbers {

    private static final int BLOCK = 32;

    private final Connection connection;
    private final Queue<Integer> forSources = new ArrayDeque<>();
    private final Queue<Integer> forPredicates = new ArrayDeque<>();

    Numbers(Connection connection) {
        this.connection = connection;
    }

    int source() throws SQLException {
        return next(forSources, "source");
    }

    int predicate() throws SQLException {
        return next(forPredicates, "predicate");
    }

    private int next(Queue<Integer> block, String table) throws SQLException {
        if (block.isEmpty()) {
            try (var query =
                    connection.prepareStatement(
                            """
                            select nextval(pg_get_serial_sequence(?, 'no'))
                            from generate_series(1, ?)
                            """)) {
                query.setString(1, table);
                query.setInt(2, BLOCK);
                try (var rows = query.executeQuery()) {
                    while (rows.next()) {
                        block.add(rows.getInt(1));
                    }
                }
            }
        }
        return block.remove();
    }
}
