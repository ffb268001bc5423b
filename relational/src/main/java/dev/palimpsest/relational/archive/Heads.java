package dev.palimpsest.relational.archive;

import java.sql.Connection;
import java.sql.SQLException;

/// Reads where a ledger stands.
final class Heads {

    private Heads() {}

    /// What is last in a ledger.
    record Head(long position, long recorded, long node) {}

    static Head read(Connection connection) throws SQLException {
        try (var query =
                        connection.prepareStatement(
                                """
                                select last_position, last_recorded, last_node from ledger
                                where partition = 0
                                """);
                var row = query.executeQuery()) {
            row.next();
            return new Head(row.getLong(1), row.getLong(2), row.getLong(3));
        }
    }
}
