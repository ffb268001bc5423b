package dev.palimpsest.api.command;

import dev.palimpsest.api.Session;
import dev.palimpsest.api.Settings;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Writes the whole ledger into one file.
@Command(
        name = "backup",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        description = {
            "Write the ledger into one file: all spaces with both clocks, tombstones, embeddings,"
                    + " and keys without their texts.",
            "",
            "Imports that are under way are not in it, but for what they wrote. It is as of one moment, while the server takes writes. What was forgotten is not in it;"
                    + " what is forgotten later is: make a new one then, and delete this. Bring it"
                    + " back with: palimpsest restore FILE"
        },
        footerHeading = "%nExamples:%n",
        footer = {"  palimpsest backup monday.zip"})
final class BackupCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "Where to; it must not be there.")
    Path file = Path.of("");

    @Mixin Settings.Flags store = new Settings.Flags();

    @Override
    public Integer call() {
        LedgerFile.requireNew(file);
        try (var session = Session.open(store.settings(), "backup")) {
            LedgerFile.get(session.client()::backup, file);
        }
        return 0;
    }
}
