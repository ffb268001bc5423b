package dev.palimpsest.api;

import dev.palimpsest.port.StoreException;
import dev.palimpsest.relational.archive.ArchiveException;
import dev.palimpsest.relational.archive.Restore;
import dev.palimpsest.relational.archive.Restore.Checked;
import dev.palimpsest.relational.archive.Restore.Restored;
import java.io.IOException;
import java.nio.file.Path;

/// Makes a store of a backup, in a data folder that has none.
public final class Restoring {

    private Restoring() {}

    /// Restores all of it, or nothing.
    ///
    /// @throws Failure if the file is no whole backup, or the store is not empty
    public static Restored restore(Settings settings, Path file) {
        check(file);
        var opened = new Opened();
        try {
            var folder = opened.keep(DataFolder.take(settings.data(), "restore"));
            var postgres = Palimpsest.postgres(folder, settings).map(opened::keep);
            var database = opened.keep(Palimpsest.database(postgres, settings.postgres()));
            return new Restore(database.dataSource()).from(file);
        } catch (ArchiveException | StoreException e) {
            throw Failure.asked("cannot restore " + file + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw Failure.untried("cannot read " + file + ": " + Failure.reason(e), e);
        } finally {
            opened.close();
        }
    }

    /// Looks whether a file is a whole backup.
    ///
    /// @throws Failure if it is not
    public static Checked check(Path file) {
        try {
            return Restore.check(file);
        } catch (ArchiveException e) {
            throw Failure.asked("cannot use " + file + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw Failure.untried("cannot read " + file + ": " + Failure.reason(e), e);
        }
    }
}
