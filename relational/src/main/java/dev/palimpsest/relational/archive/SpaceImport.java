package dev.palimpsest.relational.archive;

import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.StoreException;
import dev.palimpsest.relational.SqlFailure;
import dev.palimpsest.relational.archive.Numbering.Fresh;
import dev.palimpsest.relational.commit.PgRecorder;
import dev.palimpsest.time.Bookmark;
import dev.palimpsest.time.Moments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import javax.sql.DataSource;

/// Takes a space out of an archive into a ledger that may have others, all of it or nothing.
///
/// The archive is looked through, its rows are put into temporary tables and numbered anew while
/// others write; only then does it take its turn among the writes.
public final class SpaceImport {

    /// How many times its size an archive may unpack to, beyond a size at which that is no trap.
    private static final long MOST_UNPACKED = 200;

    private static final long UNSUSPICIOUS = 64L << 20;

    /// For sorting and hashing the rows of one space, on one connection, which may have to wait for
    /// its turn.
    private static final String SETTINGS =
            """
            set local work_mem = '64MB';
            set local idle_in_transaction_session_timeout = 0;
            """;

    private final DataSource ledger;
    private final PgRecorder recorder;

    public SpaceImport(DataSource ledger, PgRecorder recorder) {
        this.ledger = ledger;
        this.recorder = recorder;
    }

    /// What was taken in.
    ///
    /// @param digest of the space; an archive that is made of it now has the same
    /// @param made when the archive was made
    /// @param at all of it is at or before this
    public record Imported(
            SpaceId space, long rows, long positions, String digest, String made, Bookmark at) {}

    /// @param now nothing in it may have been recorded later
    /// @throws ArchiveException if the file is no archive of one space, damaged, or newer than this
    ///   program
    /// @throws StoreException.Conflict if the space is there, or does not fit
    /// @throws StoreException.Forgotten if it, or something in it, was forgotten here
    public Imported from(Path file, Instant now) throws IOException {
        try (var archive = ArchiveFile.open(file)) {
            long most = Math.max(UNSUSPICIOUS, MOST_UNPACKED * Files.size(file));
            requireOneSpace(archive.manifest());
            long rows = archive.check(most);
            try (var connection = ledger.getConnection()) {
                return from(archive, connection, rows, now);
            }
        } catch (SQLException e) {
            throw SqlFailure.whileWriting(e);
        }
    }

    /// An archive from before archives named their space has one, and neither keys nor embeddings.
    private static void requireOneSpace(Manifest manifest) {
        boolean one =
                manifest.space().isPresent()
                        || (rows(manifest, "space") == 1
                                && rows(manifest, "embedding") == 0
                                && rows(manifest, "access_key") == 0
                                && rows(manifest, "audit") == 0);
        if (!one) {
            throw new ArchiveException(
                    "it is a backup of a whole store, not of one space: restore it into a folder of"
                            + " its own with palimpsest restore FILE --data FOLDER, and export the"
                            + " space from there");
        }
    }

    private static long rows(Manifest manifest, String table) {
        var part = manifest.parts().get(LedgerTables.entry(table));
        return part == null ? 0 : part.rows();
    }

    private Imported from(ArchiveFile archive, Connection connection, long rows, Instant now)
            throws SQLException, IOException {
        boolean landed = false;
        connection.setAutoCommit(false);
        try {
            Statements.run(connection, SETTINGS);
            var arrival = staged(archive, connection, Moments.toMicros(now));
            var at = recorder.takeIn(arrival);
            landed = true;
            return new Imported(
                    arrival.space(),
                    rows,
                    arrival.positions(),
                    archive.manifest().digest(),
                    archive.manifest().made(),
                    at);
        } finally {
            if (!landed) {
                connection.rollback();
            }
        }
    }

    private static StagedSpace staged(ArchiveFile archive, Connection connection, long now)
            throws SQLException, IOException {
        var filling = new ArchiveRows(connection, archive);
        for (var table : LedgerTables.OF_A_SPACE) {
            Statements.run(
                    connection,
                    "create temp table arriving_%1$s (like %1$s including defaults) on commit drop"
                            .formatted(table));
            filling.fill(table, "arriving_" + table);
            Statements.run(connection, "analyze arriving_" + table);
        }
        var numbering = new Numbering(connection);
        try {
            numbering.number(Fresh.OF_THE_LEDGER);
            return StagedSpace.of(connection, numbering, now);
        } catch (SQLException e) {
            if (SqlFailure.isOfTheRows(e)) {
                throw StagedSpace.damaged(SqlFailure.message(e));
            }
            throw e;
        }
    }
}
