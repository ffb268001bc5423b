package dev.palimpsest.relational.archive;

import dev.palimpsest.model.Sha256;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.StoreException;
import dev.palimpsest.relational.SqlFailure;
import dev.palimpsest.relational.archive.Manifest.Part;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.sql.DataSource;

/// Writes the ledger, or one space of it, into a zip file, as it is at one moment, while it is
/// written to, with what was forgotten and embeddings. Nothing that was forgotten is in it but its
/// tombstone.
public final class Backup {

    private static final int ROWS_AT_ONCE = 1_000;
    private static final int BUFFER = 64 * 1024;

    private final DataSource ledger;

    public Backup(DataSource ledger) {
        this.ledger = ledger;
    }

    /// Writes it; the manifest comes last, so that a file without one is not whole.
    ///
    /// @param made when
    public void write(OutputStream out, Instant made) throws IOException {
        write(Optional.empty(), out, made);
    }

    /// Writes what belongs to one space, without embeddings.
    ///
    /// @throws StoreException.NotFound if there is no such space; nothing is written then
    public void write(SpaceId space, OutputStream out, Instant made) throws IOException {
        write(Optional.of(space), out, made);
    }

    private void write(Optional<SpaceId> space, OutputStream out, Instant made) throws IOException {
        try (var connection = ledger.getConnection()) {
            connection.setAutoCommit(false);
            connection.setReadOnly(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            write(connection, numberOf(connection, space), out, made);
        } catch (SQLException e) {
            throw SqlFailure.of("give the ledger out", e);
        }
    }

    private static OptionalInt numberOf(Connection connection, Optional<SpaceId> space)
            throws SQLException {
        if (space.isEmpty()) {
            return OptionalInt.empty();
        }
        try (var query =
                connection.prepareStatement(
                        "select no from space where id = ? and not forgotten")) {
            query.setString(1, space.get().value());
            try (var row = query.executeQuery()) {
                if (row.next()) {
                    return OptionalInt.of(row.getInt(1));
                }
            }
        }
        throw StoreException.NotFound.space(space.get());
    }

    private static void write(
            Connection connection, OptionalInt space, OutputStream out, Instant made)
            throws SQLException, IOException {
        var zip = new ZipOutputStream(new BufferedOutputStream(out, BUFFER));
        Map<String, Part> parts = new LinkedHashMap<>();
        for (var table : LedgerTables.ALL) {
            zip.putNextEntry(new ZipEntry(LedgerTables.entry(table)));
            parts.put(LedgerTables.entry(table), write(connection, table, space, zip));
            zip.closeEntry();
        }
        zip.putNextEntry(new ZipEntry(Manifest.NAME));
        zip.write(
                new Manifest(
                                Manifest.FORMAT,
                                Manifest.LEDGER,
                                made.toString(),
                                Heads.read(connection),
                                parts)
                        .write());
        zip.closeEntry();
        zip.finish();
        zip.flush();
    }

    private static Part write(
            Connection connection, String table, OptionalInt space, ZipOutputStream zip)
            throws SQLException, IOException {
        var which = space.isPresent() ? " where " + LedgerTables.ofSpace(table) : "";
        var digest = Sha256.digest();
        long rows = 0;
        var lines = new DigestOutputStream(zip, digest);
        try (var query =
                connection.prepareStatement(
                        "select to_jsonb(t)::text from " + table + " t" + which)) {
            if (space.isPresent()) {
                query.setInt(1, space.getAsInt());
            }
            query.setFetchSize(ROWS_AT_ONCE);
            try (var found = query.executeQuery()) {
                while (found.next()) {
                    lines.write(found.getString(1).getBytes(StandardCharsets.UTF_8));
                    lines.write('\n');
                    rows++;
                }
            }
        }
        return new Part(rows, HexFormat.of().formatHex(digest.digest()));
    }
}
