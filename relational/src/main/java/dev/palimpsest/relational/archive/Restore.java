package dev.palimpsest.relational.archive;

import dev.palimpsest.port.StoreException;
import dev.palimpsest.relational.SqlFailure;
import dev.palimpsest.relational.commit.Partitions;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

/// Fills an empty ledger from a backup, in one transaction: all of it, or nothing. Positions,
/// numbers and both clocks stay; the epoch is the new ledger's own, so that no projection, bookmark
/// or checkpoint of the old one is taken for one of it.
public final class Restore {

    private final DataSource ledger;

    public Restore(DataSource ledger) {
        this.ledger = ledger;
    }

    /// What was restored.
    ///
    /// @param made when the backup was made
    public record Restored(long rows, long position, String made) {}

    /// What a file holds that was looked through.
    ///
    /// @param digest of the one space it holds, the same in every archive of that space as it is
    ///   now
    public record Checked(long rows, Optional<String> digest) {}

    /// Looks whether a file is a whole backup that this program can restore, without a ledger.
    ///
    /// @throws ArchiveException if it is not
    public static Checked check(Path file) throws IOException {
        try (var archive = ArchiveFile.open(file)) {
            var manifest = archive.manifest();
            return new Checked(
                    archive.check(Long.MAX_VALUE), manifest.space().map(_ -> manifest.digest()));
        }
    }

    /// @throws ArchiveException if the file is no backup, damaged, or newer than this program
    /// @throws StoreException.Conflict if the ledger is not empty
    public Restored from(Path file) throws IOException {
        try (var archive = ArchiveFile.open(file);
                var connection = ledger.getConnection()) {
            var manifest = archive.manifest();
            connection.setAutoCommit(false);
            requireEmpty(connection);
            new Partitions(connection).ensure(manifest.head().position());
            var rows = new ArchiveRows(connection, archive);
            long restored = 0;
            for (var table : LedgerTables.of(manifest.ledger())) {
                restored += rows.fill(table, table);
            }
            finish(connection, manifest);
            connection.commit();
            return new Restored(restored, manifest.head().position(), manifest.made());
        } catch (SQLException e) {
            throw SqlFailure.whileWriting(e);
        }
    }

    private static void requireEmpty(Connection connection) throws SQLException {
        if (Statements.finds(connection, "select from space")
                || Statements.finds(
                        connection,
                        "select from ledger where partition = 0 and last_position > 0")) {
            throw new StoreException.Conflict(
                    "the store is not empty; restore into another data folder, or take one space in"
                            + " with palimpsest import-space");
        }
    }

    /// Nothing is left to be cleaned: projections of a restored ledger are built by scanning it.
    private static void finish(Connection connection, Manifest manifest) throws SQLException {
        Statements.run(
                connection,
                """
                update ledger set last_position = ?, last_recorded = ?, last_node = ?
                where partition = 0
                """,
                manifest.head().position(),
                manifest.head().recorded(),
                manifest.head().node());
        for (var table : LedgerTables.NUMBERED) {
            Statements.run(
                    connection,
                    "select setval(pg_get_serial_sequence('%1$s', 'no'), greatest((select max(no) from %1$s), 1))"
                            .formatted(table));
        }
        Statements.run(connection, "update forgotten set cleaned = true");
        Statements.run(
                connection,
                "update space set id = '#' || no where forgotten and not starts_with(id, '#')");
    }
}
