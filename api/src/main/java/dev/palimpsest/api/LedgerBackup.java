package dev.palimpsest.api;

import dev.palimpsest.api.route.BackupDoor;
import dev.palimpsest.ingest.source.InvalidField;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.relational.archive.ArchiveException;
import dev.palimpsest.relational.archive.Backup;
import dev.palimpsest.relational.archive.SpaceImport;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.InstantSource;

/// The ledger as a file, and a space out of one.
///
/// @param takenIn is told when a space was taken in: its tombstones are to be cleaned up after
record LedgerBackup(Backup backup, SpaceImport spaces, Runnable takenIn, InstantSource clock)
        implements BackupDoor {

    @Override
    public void writeTo(OutputStream out) throws IOException {
        backup.write(out, clock.instant());
    }

    @Override
    public void writeTo(OutputStream out, SpaceId space) throws IOException {
        backup.write(space, out, clock.instant());
    }

    @Override
    public Imported takeIn(Path archive) throws IOException {
        try {
            var taken = spaces.from(archive, clock.instant());
            takenIn.run();
            return new Imported(
                    taken.space(),
                    taken.rows(),
                    taken.positions(),
                    taken.digest(),
                    taken.made(),
                    taken.at());
        } catch (ArchiveException e) {
            throw new InvalidField("", String.valueOf(e.getMessage()));
        }
    }
}
