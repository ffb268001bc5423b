package dev.palimpsest.relational.archive;

import dev.palimpsest.port.StoreException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import javax.sql.DataSource;

/// Fills an empty ledger from a backup, in one transaction: all of it, or nothing. Positions,
/// numbers and both clocks stay; the epoch is the new ledger's own, so that no projection, bookmark
/// or checkpoint of the old one is taken for one of it.
public final class Restore {

    private static final int ROWS_AT_ONCE = 1_000;

    private static final long CHARACTERS_AT_ONCE = 4_000_000;

    /// As `make_ledger_partition` has it.
    private static final long PARTITION_POSITIONS = 1 << 24;

    private final DataSource ledger;

    public Restore(DataSource ledger) {
        this.ledger = ledger;
    }

    /// What was restored.
    ///
    /// @param made when the backup was made
    public record Restored(long rows, long position, String made) {}

    /// Looks whether a file is a whole backup, without a ledger.
    ///
    /// @return how many rows it has
    /// @throws ArchiveException if it is not
    public static long check(Path file) throws IOException {
        try (var zip = new ZipFile(file.toFile())) {
            var manifest = manifest(zip);
            long rows = 0;
            for (var name : manifest.parts().entrySet()) {
                var digest = Backup.sha256();
                try (var in =
                        new DigestInputStream(
                                zip.getInputStream(zip.getEntry(name.getKey())), digest)) {
                    in.transferTo(OutputStream.nullOutputStream());
                }
                requireSame(name.getKey(), name.getValue().sha256(), digest);
                rows += name.getValue().rows();
            }
            return rows;
        } catch (ZipException e) {
            throw notWhole(e);
        }
    }

    private static ArchiveException notWhole(ZipException e) {
        return new ArchiveException(
                "it is no whole zip file ("
                        + e.getMessage()
                        + "): it was cut off or damaged; use another backup",
                e);
    }

    private static void requireSame(String name, String sha256, MessageDigest digest) {
        if (!sha256.equals(HexFormat.of().formatHex(digest.digest()))) {
            throw new ArchiveException(
                    name + " is not as its manifest says: it is damaged; use another backup");
        }
    }

    /// @throws ArchiveException if the file is no backup, damaged, or newer than this program
    /// @throws StoreException.Conflict if the ledger is not empty
    public Restored from(Path file) throws IOException {
        try (var zip = new ZipFile(file.toFile());
                var connection = ledger.getConnection()) {
            var manifest = manifest(zip);
            connection.setAutoCommit(false);
            try {
                requireFit(connection, manifest);
                long rows = fill(connection, zip, manifest);
                finish(connection, manifest);
                connection.commit();
                return new Restored(rows, manifest.head().position(), manifest.made());
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (ZipException e) {
            throw notWhole(e);
        } catch (SQLException e) {
            throw new StoreException.Unavailable(
                    "PostgreSQL does not take the backup: " + e.getMessage(), e);
        }
    }

    private static Manifest manifest(ZipFile zip) throws IOException {
        var entry = zip.getEntry(Manifest.NAME);
        if (entry == null) {
            throw new ArchiveException(
                    "it has no manifest, so it is no whole backup; use another one");
        }
        try (var in = zip.getInputStream(entry)) {
            var manifest = Manifest.read(in.readAllBytes());
            for (var table : LedgerTables.ALL) {
                var name = LedgerTables.entry(table);
                if (zip.getEntry(name) == null || !manifest.parts().containsKey(name)) {
                    throw new ArchiveException(name + " is missing in it; use another backup");
                }
            }
            return manifest;
        }
    }

    private static void requireFit(Connection connection, Manifest manifest) throws SQLException {
        int own = Integer.parseInt(Heads.migration(connection));
        if (Integer.parseInt(manifest.ledger()) > own) {
            throw new ArchiveException(
                    "it was made by a newer program (ledger "
                            + manifest.ledger()
                            + ", here "
                            + own
                            + "): restore it with that one");
        }
        try (var query =
                        connection.prepareStatement(
                                """
                                select exists (select from space)
                                    or (select last_position from ledger where partition = 0) > 0
                                """);
                var row = query.executeQuery()) {
            row.next();
            if (row.getBoolean(1)) {
                throw new StoreException.Conflict(
                        "the store is not empty; restore into another data folder");
            }
        }
    }

    private static long fill(Connection connection, ZipFile zip, Manifest manifest)
            throws SQLException, IOException {
        try (var make = connection.prepareStatement("select make_ledger_partition(?)")) {
            for (long number = 0;
                    number <= manifest.head().position() / PARTITION_POSITIONS + 2;
                    number++) {
                make.setLong(1, number);
                make.execute();
            }
        }
        long rows = 0;
        for (var table : LedgerTables.ALL) {
            rows += fill(connection, zip, table, manifest);
        }
        return rows;
    }

    private static long fill(Connection connection, ZipFile zip, String table, Manifest manifest)
            throws SQLException, IOException {
        var name = LedgerTables.entry(table);
        var part = manifest.parts().get(name);
        var digest = Backup.sha256();
        long rows = 0;
        String sql =
                "insert into %1$s overriding system value select * from jsonb_populate_recordset(null::%1$s, ?::jsonb)"
                        .formatted(table);
        try (var in = new DigestInputStream(zip.getInputStream(zip.getEntry(name)), digest);
                var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
                var insert = connection.prepareStatement(sql)) {
            List<String> slice = new ArrayList<>();
            long characters = 0;
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                slice.add(line);
                rows++;
                characters += line.length();
                if (slice.size() == ROWS_AT_ONCE || characters > CHARACTERS_AT_ONCE) {
                    insert(insert, slice);
                    characters = 0;
                }
            }
            insert(insert, slice);
        } catch (SQLException e) {
            if (String.valueOf(e.getSQLState()).startsWith("22")
                    || String.valueOf(e.getSQLState()).startsWith("23")) {
                throw new ArchiveException(name + " is damaged in it; use another backup", e);
            }
            throw e;
        }
        requireSame(name, part == null || part.rows() != rows ? "" : part.sha256(), digest);
        return rows;
    }

    private static void insert(PreparedStatement insert, List<String> slice) throws SQLException {
        if (!slice.isEmpty()) {
            insert.setString(1, "[" + String.join(",", slice) + "]");
            insert.executeUpdate();
            slice.clear();
        }
    }

    /// Nothing is left to be cleaned: projections of a restored ledger are built by scanning it.
    private static void finish(Connection connection, Manifest manifest) throws SQLException {
        try (var update =
                connection.prepareStatement(
                        """
                        update ledger set last_position = ?, last_recorded = ?, last_node = ?
                        where partition = 0
                        """)) {
            update.setLong(1, manifest.head().position());
            update.setLong(2, manifest.head().recorded());
            update.setLong(3, manifest.head().node());
            update.executeUpdate();
        }
        try (var statement = connection.createStatement()) {
            for (var table : LedgerTables.NUMBERED) {
                statement.execute(
                        "select setval(pg_get_serial_sequence('%1$s', 'no'), greatest((select max(no) from %1$s), 1))"
                                .formatted(table));
            }
            statement.execute("update forgotten set cleaned = true");
            statement.execute(
                    "update space set id = '#' || no where forgotten and not starts_with(id, '#')");
        }
    }
}
