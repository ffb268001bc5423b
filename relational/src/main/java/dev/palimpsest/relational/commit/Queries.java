package dev.palimpsest.relational.commit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/// Runs queries and hands on their rows.
final class Queries {

    private static final int ROWS_AT_ONCE = 1_000;

    private Queries() {}

    /// What is done with one row.
    interface RowSink {
        void take(ResultSet row) throws SQLException;
    }

    static void each(Connection connection, String sql, List<? extends Object> given, RowSink sink)
            throws SQLException {
        each(connection, sql, given, sink, 0);
    }

    /// The same of a query that may find very many rows: they are fetched as they are taken. Only
    /// in a transaction.
    static void stream(
            Connection connection, String sql, List<? extends Object> given, RowSink sink)
            throws SQLException {
        each(connection, sql, given, sink, ROWS_AT_ONCE);
    }

    private static void each(
            Connection connection,
            String sql,
            List<? extends Object> given,
            RowSink sink,
            int rowsAtOnce)
            throws SQLException {
        try (var query = connection.prepareStatement(sql)) {
            query.setFetchSize(rowsAtOnce);
            bind(query, given);
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    sink.take(rows);
                }
            }
        }
    }

    /// Runs a statement that changes rows.
    ///
    /// @return how many
    static long change(Connection connection, String sql, List<? extends Object> given)
            throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            bind(statement, given);
            return statement.executeLargeUpdate();
        }
    }

    private static void bind(PreparedStatement statement, List<? extends Object> given)
            throws SQLException {
        for (int i = 0; i < given.size(); i++) {
            statement.setObject(i + 1, given.get(i));
        }
    }
}
