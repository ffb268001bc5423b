package dev.palimpsest.api.command;

import dev.palimpsest.api.Restoring;
import dev.palimpsest.api.Session;
import dev.palimpsest.api.Settings;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Makes a store of a backup.
@Command(
        name = "restore",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        description = {
            "Make a store of a backup, in a data folder that has none: all of it, or nothing.",
            "",
            "Both clocks, ids and tombstones stay; bookmarks of the old store are refused. Graph and"
                    + " indexes are made when it is served first. An exported space goes into a"
                    + " store that has others by: palimpsest import-space FILE"
        },
        footerHeading = "%nExamples:%n",
        footer = {"  palimpsest restore monday.zip --data /var/lib/palimpsest-2"})
final class RestoreCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "What palimpsest backup or export wrote.")
    Path file = Path.of("");

    @Mixin Settings.Flags store = new Settings.Flags();

    @Override
    public Integer call() {
        var settings = store.settings();
        Session.requireNoServerOn(settings);
        var restored = Restoring.restore(settings, file);
        Terminal.standard()
                .line(
                        String.format(
                                "%,d rows restored, up to position %,d, as of %s",
                                restored.rows(), restored.position(), restored.made()));
        return 0;
    }
}
