package dev.palimpsest.relational;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/// Runs single queries, each on a connection of its own, and tells failures in the ports' words.
record Reads(DataSource source) {

    /// All rows a query finds.
    ///
    /// @param doing what is being done, for the message of a failure: "read facts about x"
    <T> List<T> list(String doing, String sql, Sql.Mapper<T> mapper, Object... parameters) {
        try (var connection = source.getConnection()) {
            return Sql.list(connection, sql, mapper, parameters);
        } catch (SQLException e) {
            throw SqlFailure.of(doing, e);
        }
    }

    /// The first row a query finds.
    <T> Optional<T> first(String doing, String sql, Sql.Mapper<T> mapper, Object... parameters) {
        return list(doing, sql, mapper, parameters).stream().findFirst();
    }
}
