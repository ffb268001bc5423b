package dev.palimpsest.api.command;

import dev.palimpsest.api.Failure;
import dev.palimpsest.api.Session;
import dev.palimpsest.api.Settings;
import dev.palimpsest.ingest.source.Format;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
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
                    + " It goes into a store that has others by: palimpsest import-space FILE; into one of its"
                    + " own by: palimpsest restore FILE",
            "",
            "Or, with --format memory-server, what the nine tools of the MCP memory server tell now,"
                    + " as its file memory.jsonl, without history."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  palimpsest export notes notes.zip",
            "  palimpsest export memory memory.jsonl --format memory-server"
        })
final class ExportCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "SPACE", description = "Which space.")
    String space = "";

    @Parameters(index = "1", paramLabel = "FILE", description = "Where to; it must not be there.")
    Path file = Path.of("");

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "zip (if not given) or memory-server.")
    String format = "zip";

    @Mixin Settings.Flags store = new Settings.Flags();

    @Override
    public Integer call() {
        boolean isMemoryServer = format.equals(Format.MEMORY_SERVER.word());
        if (!isMemoryServer && !format.equals("zip")) {
            throw Failure.usage("--format must be zip or memory-server: " + format);
        }
        LedgerFile.requireNew(file);
        try (var session = Session.open(store.settings(), "export")) {
            var exported = session.client().space(space);
            if (isMemoryServer) {
                LedgerFile.getLines(exported::exportMemoryServer, file);
            } else {
                LedgerFile.get(exported::export, file);
            }
        }
        return 0;
    }
}
