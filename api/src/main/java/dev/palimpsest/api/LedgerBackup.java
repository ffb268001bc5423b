package dev.palimpsest.api;

import dev.palimpsest.api.route.BackupDoor;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.relational.archive.Backup;
import java.io.IOException;
import java.io.OutputStream;
import java.time.InstantSource;

/// The ledger as a file.
record LedgerBackup(Backup backup, InstantSource clock) implements BackupDoor {

    @Override
    public void writeTo(OutputStream out) throws IOException {
        backup.write(out, clock.instant());
    }

    @Override
    public void writeTo(OutputStream out, SpaceId space) throws IOException {
        backup.write(space, out, clock.instant());
    }
}
