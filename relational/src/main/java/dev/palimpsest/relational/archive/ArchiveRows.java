package dev.palimpsest.relational.archive;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.palimpsest.model.Sha256;
import dev.palimpsest.relational.SqlFailure;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.zip.ZipException;

/// Puts the rows of an archive into tables, so many at a time.
final class ArchiveRows {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Connection connection;
    private final ArchiveFile archive;

    ArchiveRows(Connection connection, ArchiveFile archive) {
        this.connection = connection;
        this.archive = archive;
    }

    /// Fills a table with the rows of an entry.
    ///
    /// @param table whose rows the archive has
    /// @param target where they go: that table, or one of the same columns
    /// @return how many
    /// @throws ArchiveException if they are not as the manifest says, or do not fit the table
    long fill(String table, String target) throws SQLException, IOException {
        var name = LedgerTables.entry(table);
        var part = archive.manifest().parts().get(name);
        var digest = Sha256.digest();
        long rows;
        try (var in = new DigestInputStream(archive.entry(name), digest);
                var reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
            rows = fill(table, target, new RowLines(reader));
        } catch (JsonProcessingException e) {
            throw damaged(name, e);
        } catch (ZipException e) {
            throw ArchiveFile.notWhole(e);
        } catch (SQLException e) {
            if (SqlFailure.isOfTheRows(e)) {
                throw damaged(name, e);
            }
            throw e;
        }
        ArchiveFile.requireSame(
                name, part == null || part.rows() != rows ? "" : part.sha256(), digest);
        return rows;
    }

    private static ArchiveException damaged(String name, Exception cause) {
        return new ArchiveException(name + " is damaged in it; use another backup", cause);
    }

    private long fill(String table, String target, RowLines lines)
            throws SQLException, IOException {
        var slice = lines.slice();
        if (slice.isEmpty()) {
            return 0;
        }
        long rows = 0;
        var columns = String.join(", ", columns(table, JSON.readTree(slice.getFirst())));
        String sql =
                """
                insert into %1$s (%3$s) %4$s
                select %3$s from jsonb_populate_recordset(null::%2$s, ?::jsonb)
                """
                        .formatted(
                                target,
                                table,
                                columns,
                                target.equals(table) ? "overriding system value" : "");
        try (var insert = connection.prepareStatement(sql)) {
            for (; !slice.isEmpty(); slice = lines.slice()) {
                insert.setString(1, "[" + String.join(",", slice) + "]");
                insert.executeUpdate();
                rows += slice.size();
            }
        }
        return rows;
    }

    /// Those of a table's columns that its rows in the archive have. What an older archive does not
    /// know is then what it is by default.
    private List<String> columns(String table, JsonNode row) throws SQLException {
        var columns =
                Statements.columns(connection, table).stream()
                        .filter(row::has)
                        .map(Statements::quoted)
                        .toList();
        if (columns.isEmpty() || columns.size() != row.size()) {
            throw new ArchiveException(
                    LedgerTables.entry(table)
                            + " has other columns than it should; use another backup");
        }
        return columns;
    }
}
