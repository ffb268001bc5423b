package dev.palimpsest.api.command;

import dev.palimpsest.api.Restoring;
import dev.palimpsest.api.Session;
import dev.palimpsest.api.Settings;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Takes an exported space into a store that has others.
@Command(
        name = "import-space",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        description = {
            "Take an exported space into a store that may have others: all of it, or nothing.",
            "",
            "Its name, ids, both clocks and tombstones stay; positions and bookmarks do not. It must"
                    + " not be there, nor be forgotten. The digest is the one that export prints, of"
                    + " this store as of the old one. Nobody else writes while it is put in."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  palimpsest export notes notes.zip",
            "  palimpsest import-space notes.zip --data /var/lib/palimpsest-2"
        })
final class ImportSpaceCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "What palimpsest export wrote.")
    Path file = Path.of("");

    @Mixin Settings.Flags store = new Settings.Flags();

    @Override
    public Integer call() {
        Restoring.check(file);
        try (var session = Session.open(store.settings(), "import-space")) {
            var taken = session.client().takeIn(file);
            Terminal.standard()
                    .line(
                            String.format(
                                    Locale.ROOT,
                                    "space %s: %,d rows taken in, as of %s, digest %s",
                                    taken.space(),
                                    taken.rows(),
                                    taken.made(),
                                    taken.digest()));
            CatchingUp.await(session.client());
        }
        return 0;
    }
}
