package dev.palimpsest.relational.archive;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Runs single statements on a connection.
final class Statements {

    private static final String COLUMNS =
            """
            select attname from pg_attribute
            where attrelid = ?::regclass and attnum > 0 and not attisdropped order by attnum
            """;

    private Statements() {}

    static void run(Connection connection, String sql, Object... given) throws SQLException {
        try (var statement = prepared(connection, sql, given)) {
            statement.execute();
        }
    }

    static long number(Connection connection, String sql, Object... given) throws SQLException {
        try (var query = prepared(connection, sql, given);
                var row = query.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    /// Whether a query finds anything.
    static boolean finds(Connection connection, String sql, Object... given) throws SQLException {
        try (var query = prepared(connection, "select exists (" + sql + ")", given);
                var row = query.executeQuery()) {
            row.next();
            return row.getBoolean(1);
        }
    }

    /// The columns of a table, in order.
    static List<String> columns(Connection connection, String table) throws SQLException {
        List<String> columns = new ArrayList<>();
        try (var query = prepared(connection, COLUMNS, table);
                var found = query.executeQuery()) {
            while (found.next()) {
                columns.add(found.getString(1));
            }
        }
        return columns;
    }

    static String quoted(String column) {
        return '"' + column.replace("\"", "\"\"") + '"';
    }

    private static PreparedStatement prepared(Connection connection, String sql, Object... given)
            throws SQLException {
        var statement = connection.prepareStatement(sql);
        for (int i = 0; i < given.length; i++) {
            statement.setObject(i + 1, given[i]);
        }
        return statement;
    }
}
