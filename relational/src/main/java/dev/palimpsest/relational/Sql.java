package dev.palimpsest.relational;

import dev.palimpsest.port.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Runs single statements with bound parameters on a connection.
final class Sql {

    private static final int FETCH_SIZE = 1_000;

    private Sql() {}

    /// Makes something of the row a result stands at.
    @FunctionalInterface
    interface Mapper<T> {
        T map(ResultSet row) throws SQLException;
    }

    /// All rows a query finds. The query itself says how many at most.
    ///
    /// Parameters may be strings, numbers, truth values, UUIDs and byte arrays, lists' arrays of
    /// these, and optionals of them, where empty is `null`.
    ///
    /// @throws StoreException.Corrupt if a row breaks a rule of the domain
    static <T> List<T> list(
            Connection connection, String sql, Mapper<T> mapper, Object... parameters)
            throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            statement.setFetchSize(FETCH_SIZE);
            bind(statement, parameters);
            try (var found = statement.executeQuery()) {
                return rows(found, mapper);
            }
        }
    }

    /// Likewise, after another query with one parameter, in the same transaction and sent together
    /// with it: the connection commits by itself, and does so after both.
    static <T> List<T> listAfter(
            Connection connection,
            String before,
            String parameter,
            String sql,
            Mapper<T> mapper,
            Object... parameters)
            throws SQLException {
        try (var statement = connection.prepareStatement(before + sql)) {
            var all = new Object[parameters.length + 1];
            all[0] = parameter;
            System.arraycopy(parameters, 0, all, 1, parameters.length);
            bind(statement, all);
            if (!statement.execute() || !statement.getMoreResults()) {
                throw new IllegalStateException("two queries have two results");
            }
            try (var found = statement.getResultSet()) {
                return rows(found, mapper);
            }
        }
    }

    private static <T> List<T> rows(ResultSet found, Mapper<T> mapper) throws SQLException {
        try {
            List<T> rows = new ArrayList<>();
            while (found.next()) {
                rows.add(mapper.map(found));
            }
            return rows;
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new StoreException.Corrupt(
                    "the ledger holds what it should not: " + e.getMessage(), e);
        }
    }

    /// Runs a statement that changes rows.
    ///
    /// @return how many
    static int update(Connection connection, String sql, Object... parameters) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            bind(statement, parameters);
            return statement.executeUpdate();
        }
    }

    private static void bind(PreparedStatement statement, Object... parameters)
            throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            bind(statement, i + 1, plain(parameters[i]));
        }
    }

    private static @Nullable Object plain(Object parameter) {
        return switch (parameter) {
            case Optional<?> o -> o.isPresent() ? o.get() : null;
            case OptionalLong o -> o.isPresent() ? o.getAsLong() : null;
            case OptionalInt o -> o.isPresent() ? o.getAsInt() : null;
            case OptionalDouble o -> o.isPresent() ? o.getAsDouble() : null;
            default -> parameter;
        };
    }

    private static void bind(PreparedStatement statement, int index, @Nullable Object parameter)
            throws SQLException {
        var connection = statement.getConnection();
        switch (parameter) {
            case String[] a -> statement.setArray(index, connection.createArrayOf("text", a));
            case Long[] a -> statement.setArray(index, connection.createArrayOf("int8", a));
            case Integer[] a -> statement.setArray(index, connection.createArrayOf("int4", a));
            case Short[] a -> statement.setArray(index, connection.createArrayOf("int2", a));
            case Double[] a -> statement.setArray(index, connection.createArrayOf("float8", a));
            case Boolean[] a -> statement.setArray(index, connection.createArrayOf("bool", a));
            case UUID[] a -> statement.setArray(index, connection.createArrayOf("uuid", a));
            case byte[][] a -> statement.setArray(index, connection.createArrayOf("bytea", a));
            case null, default -> statement.setObject(index, parameter);
        }
    }
}
