package dev.palimpsest.relational.archive;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.palimpsest.model.Sha256;
import dev.palimpsest.port.StoreException;
import dev.palimpsest.relational.SqlFailure;
import dev.palimpsest.relational.commit.Partitions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
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

    private static final String COLUMNS =
            """
            select attname, quote_ident(attname) from pg_attribute
            where attrelid = ?::regclass and attnum > 0 and not attisdropped order by attnum
            """;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final DataSource ledger;

    public Restore(DataSource ledger) {
        this.ledger = ledger;
    }

    /// What was restored.
    ///
    /// @param made when the backup was made
    public record Restored(long rows, long position, String made) {}

    /// Looks whether a file is a whole backup that this program can restore, without a ledger.
    ///
    /// @return how many rows it has
    /// @throws ArchiveException if it is not
    public static long check(Path file) throws IOException {
        try (var zip = new ZipFile(file.toFile())) {
            var manifest = manifest(zip);
            long rows = 0;
            for (var name : manifest.parts().entrySet()) {
                var digest = Sha256.digest();
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
            requireEmpty(connection);
            new Partitions(connection).ensure(manifest.head().position());
            long rows = fill(connection, zip, manifest);
            finish(connection, manifest);
            connection.commit();
            return new Restored(rows, manifest.head().position(), manifest.made());
        } catch (ZipException e) {
            throw notWhole(e);
        } catch (SQLException e) {
            throw SqlFailure.whileWriting(e);
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
            var names = new LinkedHashSet<>(manifest.parts().keySet());
            LedgerTables.of(manifest.ledger())
                    .forEach(table -> names.add(LedgerTables.entry(table)));
            for (var name : names) {
                if (zip.getEntry(name) == null || !manifest.parts().containsKey(name)) {
                    throw new ArchiveException(name + " is missing in it; use another backup");
                }
            }
            return manifest;
        }
    }

    private static void requireEmpty(Connection connection) throws SQLException {
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
        long rows = 0;
        for (var table : LedgerTables.of(manifest.ledger())) {
            rows += fill(connection, zip, table, manifest);
        }
        return rows;
    }

    private static long fill(Connection connection, ZipFile zip, String table, Manifest manifest)
            throws SQLException, IOException {
        var name = LedgerTables.entry(table);
        var part = manifest.parts().get(name);
        var digest = Sha256.digest();
        long rows;
        try (var in = new DigestInputStream(zip.getInputStream(zip.getEntry(name)), digest);
                var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            rows = fill(connection, table, lines);
        } catch (JsonProcessingException e) {
            throw damaged(name, e);
        } catch (SQLException e) {
            if (SqlFailure.isOfTheRows(e)) {
                throw damaged(name, e);
            }
            throw e;
        }
        requireSame(name, part == null || part.rows() != rows ? "" : part.sha256(), digest);
        return rows;
    }

    private static ArchiveException damaged(String name, Exception cause) {
        return new ArchiveException(name + " is damaged in it; use another backup", cause);
    }

    private static long fill(Connection connection, String table, BufferedReader lines)
            throws SQLException, IOException {
        var slice = slice(lines);
        if (slice.isEmpty()) {
            return 0;
        }
        long rows = 0;
        var columns =
                String.join(", ", columns(connection, table, JSON.readTree(slice.getFirst())));
        String sql =
                """
                insert into %1$s (%2$s) overriding system value
                select %2$s from jsonb_populate_recordset(null::%1$s, ?::jsonb)
                """
                        .formatted(table, columns);
        try (var insert = connection.prepareStatement(sql)) {
            for (; !slice.isEmpty(); slice = slice(lines)) {
                insert.setString(1, "[" + String.join(",", slice) + "]");
                insert.executeUpdate();
                rows += slice.size();
            }
        }
        return rows;
    }

    private static List<String> slice(BufferedReader lines) throws IOException {
        List<String> slice = new ArrayList<>();
        long characters = 0;
        while (slice.size() < ROWS_AT_ONCE && characters < CHARACTERS_AT_ONCE) {
            var line = lines.readLine();
            if (line == null) {
                break;
            }
            slice.add(line);
            characters += line.length();
        }
        return slice;
    }

    /// Those of a table's columns that its rows in the archive have. What an older archive does not
    /// know is then what it is by default.
    private static List<String> columns(Connection connection, String table, JsonNode row)
            throws SQLException {
        List<String> columns = new ArrayList<>();
        try (var query = connection.prepareStatement(COLUMNS)) {
            query.setString(1, table);
            try (var found = query.executeQuery()) {
                while (found.next()) {
                    if (row.has(found.getString(1))) {
                        columns.add(found.getString(2));
                    }
                }
            }
        }
        if (columns.isEmpty() || columns.size() != row.size()) {
            throw new ArchiveException(
                    LedgerTables.entry(table)
                            + " has other columns than it should; use another backup");
        }
        return columns;
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
