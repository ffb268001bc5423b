package dev.palimpsest.api.command;

import dev.palimpsest.api.Session;
import dev.palimpsest.api.Settings;
import dev.palimpsest.api.client.Client;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Writes one space into a file.
@Command(
        name = "export",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        description = {
            "Write one space into a file: everything in it with both clocks, and its tombstones.",
            "",
            "A zip of JSON lines, one file for each table, with a manifest of counts and checksums."
                    + " A store of that space alone is made of it by: palimpsest restore FILE"
        },
        footerHeading = "%nExamples:%n",
        footer = {"  palimpsest export notes notes.zip"})
final class ExportCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "SPACE", description = "Which space.")
    String space = "";

    @Parameters(index = "1", paramLabel = "FILE", description = "Where to; it must not be there.")
    Path file = Path.of("");

    @Mixin Settings.Flags store = new Settings.Flags();

    @Override
    public Integer call() {
        LedgerFile.requireNew(file);
        try (var session = Session.open(store.settings(), "export")) {
            LedgerFile.get(
                    session.client(), "/v1/spaces/" + Client.segment(space) + "/export", file);
        }
        return 0;
    }
}
