package dev.palimpsest.api.command;

import dev.palimpsest.api.Failure;
import dev.palimpsest.api.Session;
import dev.palimpsest.api.Settings;
import dev.palimpsest.api.client.Client;
import dev.palimpsest.api.client.ProblemException;
import dev.palimpsest.api.wire.FindingBody;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Compares every projection with the ledger.
@Command(
        name = "verify",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        description = {
            "Compare the graph, the text, the vectors, the adjacency and the recall of memories with"
                    + " the ledger, row by row.",
            "",
            "It first waits until they have caught up with the ledger, which after an import may"
                    + " take minutes. Whatever differs is made right by: palimpsest rebuild NAME. Of the"
                    + " text and the vectors the checksums are read, too: one found damaged is built"
                    + " again by itself, at once beside a server, else when the store is opened next."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all are equal",
            "1:some differ or cannot be read",
            "2:it could not be tried"
        })
final class VerifyCommand implements Callable<Integer> {

    @Mixin Settings.Flags store = new Settings.Flags();

    @Override
    public Integer call() {
        var terminal = Terminal.standard();
        boolean equal = true;
        try (var session = Session.open(store.settings(), "verify")) {
            var client = session.client();
            CatchingUp.await(client);
            for (var state : client.projections()) {
                equal &= isEqual(terminal, client, state.name());
            }
        }
        return equal ? 0 : Failure.ASKED;
    }

    /// One that cannot be read keeps nobody from hearing of the others.
    private static boolean isEqual(Terminal terminal, Client client, String name) {
        try {
            return verify(terminal, client, name);
        } catch (ProblemException e) {
            if (e.status() == 0) {
                throw e;
            }
            terminal.line(
                    String.format("%-10s %s: %s", name, terminal.bold("FAILED"), e.getMessage()));
            return false;
        }
    }

    private static boolean verify(Terminal terminal, Client client, String name) {
        long begin = System.nanoTime();
        var finding = client.verify(name);
        long differences = finding.differences();
        terminal.line(
                String.format(
                        Locale.ROOT,
                        "%-10s %s %,12d rows  %s",
                        name,
                        differences == 0 ? "equal  " : terminal.bold("DIFFERS"),
                        finding.compared(),
                        terminal.faint(
                                Wording.duration(Duration.ofNanos(System.nanoTime() - begin)))));
        if (differences > 0) {
            show(terminal, finding);
        }
        return differences == 0;
    }

    private static void show(Terminal terminal, FindingBody finding) {
        var examples = finding.examples();
        examples.forEach(example -> terminal.line("    " + example));
        if (finding.differences() > examples.size()) {
            terminal.line("    and " + (finding.differences() - examples.size()) + " more");
        }
    }
}
