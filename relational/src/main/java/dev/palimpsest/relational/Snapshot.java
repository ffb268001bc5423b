package dev.palimpsest.relational;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/// One state of the database, for several queries: what others commit meanwhile stays unseen.
record Snapshot(Connection connection) {

    private static final String BEGIN =
            "set transaction isolation level repeatable read, read only";

    /// What is asked of one state.
    @FunctionalInterface
    interface Asking<T> {
        T of(Snapshot snapshot) throws SQLException;
    }

    /// Asks the newest state there is.
    ///
    /// @param doing what is being done, for the message of a failure
    static <T> T ask(DataSource source, String doing, Asking<T> asking) {
        try (var connection = source.getConnection()) {
            connection.setAutoCommit(false);
            Sql.update(connection, BEGIN);
            T answer = asking.of(new Snapshot(connection));
            connection.commit();
            return answer;
        } catch (SQLException e) {
            throw SqlFailure.of(doing, e);
        }
    }

    /// All rows a query finds, as [Reads#list].
    <T> List<T> list(String sql, Sql.Mapper<T> mapper, Object... parameters) throws SQLException {
        return Sql.list(connection, sql, mapper, parameters);
    }
}
