package dev.palimpsest.relational.commit;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/// Runs queries and hands on their rows.
final class Queries {

    private Queries() {}

    /// What is done with one row.
    interface RowSink {
        void take(ResultSet row) throws SQLException;
    }

    static void each(Connection connection, String sql, List<? extends Object> given, RowSink sink)
            throws SQLException {
        try (var query = connection.prepareStatement(sql)) {
            for (int i = 0; i < given.size(); i++) {
                query.setObject(i + 1, given.get(i));
            }
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    sink.take(rows);
                }
            }
        }
    }
}
