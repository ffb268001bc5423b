package dev.palimpsest.relational.archive;

import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.StoreException;
import dev.palimpsest.relational.SqlFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import javax.sql.DataSource;

/// Writes the ledger, or one space of it, into a zip file, as it is at one moment, while it is
/// written to, with what was forgotten and embeddings. Nothing that was forgotten is in it but its
/// tombstone.
public final class Backup {

    private final DataSource ledger;

    public Backup(DataSource ledger) {
        this.ledger = ledger;
    }

    /// Writes it; the manifest comes last, so that a file without one is not whole.
    ///
    /// @param made when
    public void write(OutputStream out, Instant made) throws IOException {
        try (var connection = ledger.getConnection()) {
            begin(connection);
            connection.setReadOnly(true);
            var archive = new ArchiveWriter(connection, out);
            for (var table : LedgerTables.ALL) {
                archive.table(table, "select to_jsonb(t)::text from " + table + " t");
            }
            archive.finish(
                    new Manifest(
                            Manifest.FORMAT,
                            Manifest.LEDGER,
                            made.toString(),
                            Heads.read(connection),
                            Optional.empty(),
                            archive.parts()));
        } catch (SQLException e) {
            throw SqlFailure.of("give the ledger out", e);
        }
    }

    /// Writes what belongs to one space, without embeddings, numbered as if there were no other: of
    /// a space that did not change it is the same, whatever else its store holds.
    ///
    /// @throws StoreException.NotFound if there is no such space; nothing is written then
    public void write(SpaceId space, OutputStream out, Instant made) throws IOException {
        try (var connection = ledger.getConnection()) {
            begin(connection);
            try {
                new SpaceExport(connection, numberOf(connection, space)).write(space, out, made);
            } finally {
                connection.rollback();
            }
        } catch (SQLException e) {
            throw SqlFailure.of("give a space out", e);
        }
    }

    private static void begin(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    }

    private static int numberOf(Connection connection, SpaceId space) throws SQLException {
        try (var query =
                connection.prepareStatement(
                        "select no from space where id = ? and not forgotten")) {
            query.setString(1, space.value());
            try (var row = query.executeQuery()) {
                if (row.next()) {
                    return row.getInt(1);
                }
            }
        }
        throw StoreException.NotFound.space(space);
    }
}
