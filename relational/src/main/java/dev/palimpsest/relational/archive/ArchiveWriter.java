package dev.palimpsest.relational.archive;

import dev.palimpsest.model.Sha256;
import dev.palimpsest.relational.archive.Manifest.Part;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Writes an archive, entry by entry; the manifest comes last, so that a file without one is not
/// whole.
final class ArchiveWriter {

    private static final int ROWS_AT_ONCE = 1_000;
    private static final int BUFFER = 64 * 1024;

    private final Connection connection;
    private final ZipOutputStream zip;
    private final Map<String, Part> parts = new LinkedHashMap<>();

    ArchiveWriter(Connection connection, OutputStream out) {
        this.connection = connection;
        this.zip = new ZipOutputStream(new BufferedOutputStream(out, BUFFER));
    }

    Map<String, Part> parts() {
        return parts;
    }

    /// Writes one table.
    ///
    /// @param select its rows, each as the text of a JSON object
    void table(String table, String select) throws SQLException, IOException {
        zip.putNextEntry(new ZipEntry(LedgerTables.entry(table)));
        parts.put(LedgerTables.entry(table), rows(select));
        zip.closeEntry();
    }

    private Part rows(String select) throws SQLException, IOException {
        var digest = Sha256.digest();
        long rows = 0;
        var lines = new DigestOutputStream(zip, digest);
        try (var query = connection.prepareStatement(select)) {
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

    void finish(Manifest manifest) throws IOException {
        zip.putNextEntry(new ZipEntry(Manifest.NAME));
        zip.write(manifest.write());
        zip.closeEntry();
        zip.finish();
        zip.flush();
    }
}
