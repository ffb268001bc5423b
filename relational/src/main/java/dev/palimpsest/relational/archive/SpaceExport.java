package dev.palimpsest.relational.archive;

import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.StoreException;
import dev.palimpsest.relational.archive.Heads.Head;
import dev.palimpsest.relational.archive.Numbering.Base;
import dev.palimpsest.relational.archive.Numbering.Fresh;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/// Writes one space in numbers of its own, from 1 on and without gaps, so that nothing in it tells
/// of other spaces, and the same space gives the same rows in whatever store it lies.
final class SpaceExport {

    private final Connection connection;
    private final int space;

    /// @param connection in a transaction, which is to be rolled back
    SpaceExport(Connection connection, int space) {
        this.connection = connection;
        this.space = space;
    }

    void write(SpaceId id, OutputStream out, Instant made) throws SQLException, IOException {
        for (var table : LedgerTables.OF_A_SPACE) {
            Statements.run(
                    connection,
                    "create temp view arriving_%1$s as select * from %1$s where %2$s = %3$d"
                            .formatted(table, table.equals("space") ? "no" : "space", space));
        }
        var numbering = new Numbering(connection);
        numbering.number(Fresh.DENSE);
        if (numbering.isTorn()) {
            throw new StoreException.Corrupt(
                    "space '" + id + "' refers to rows that are not there; restore a backup");
        }
        numbering.countFrom(Base.NONE);
        var archive = new ArchiveWriter(connection, out);
        for (var table : LedgerTables.ALL) {
            archive.table(table, select(numbering, table));
        }
        archive.finish(
                new Manifest(
                        Manifest.FORMAT,
                        Manifest.LEDGER,
                        made.toString(),
                        new Head(
                                numbering.positionCount(),
                                numbering.lastRecorded(),
                                numbering.nodeCount()),
                        Optional.of(id.value()),
                        archive.parts()));
    }

    /// What was forgotten is clean in every store that takes it in. Embeddings belong to no space
    /// and can be computed again; whoever gets a space gets no keys with it, nor who did what.
    private static String select(Numbering numbering, String table) throws SQLException {
        if (!LedgerTables.OF_A_SPACE.contains(table)) {
            return "select '' where false";
        }
        var row =
                table.equals("forgotten") ? "to_jsonb(t) || '{\"cleaned\": true}'" : "to_jsonb(t)";
        return "select (" + row + ")::text from (" + numbering.select(table) + ") t";
    }
}
