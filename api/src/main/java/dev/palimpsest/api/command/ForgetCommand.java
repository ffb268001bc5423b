package dev.palimpsest.api.command;

import dev.palimpsest.api.Failure;
import dev.palimpsest.api.Session;
import dev.palimpsest.api.Settings;
import dev.palimpsest.api.client.SpaceClient;
import dev.palimpsest.api.wire.ForgetBody;
import dev.palimpsest.api.wire.ForgetReportBody;
import dev.palimpsest.api.wire.ForgottenBody;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Forgets for good.
@Command(
        name = "forget",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        description = {
            "Forget an entity, a memory, a source or a whole space for good: everything of it is"
                    + " deleted, from the past as well, and it is not taken in again.",
            "",
            "What others said is believed in its place. A tombstone stays: the hash of its id and"
                    + " your reason. Ends when indexes and the ledger have given its room back; the"
                    + " graph's files are rid of it by: palimpsest rebuild graph"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  palimpsest forget --space notes --entity ann --reason \"she asked for it\" --dry-run",
            "  palimpsest forget --space notes --entity ann --reason \"she asked for it\"",
            "  palimpsest forget --space notes --entity ann --reason \"she is back\" --lift"
        })
final class ForgetCommand implements Callable<Integer> {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
    private static final Duration LONGEST_CLEANING = Duration.ofMinutes(30);

    @Option(
            names = "--space",
            required = true,
            paramLabel = "SPACE",
            description = "The space it is in.")
    String space = "";

    @ArgGroup(multiplicity = "1")
    What what = new What();

    @Option(
            names = "--reason",
            required = true,
            paramLabel = "TEXT",
            description = "Why; it is kept.")
    String reason = "";

    @Option(names = "--dry-run", description = "Only say what would be touched.")
    boolean dryRun;

    @Option(
            names = "--lift",
            description = "Let it be taken in again; what was deleted stays deleted.")
    boolean lift;

    @Mixin Settings.Flags store = new Settings.Flags();

    /// One of four.
    static final class What {
        @Option(names = "--entity", paramLabel = "ID", description = "All about an entity.")
        @Nullable String entity;

        @Option(
                names = "--memory",
                paramLabel = "ID",
                description = "A memory, and what was quoted from it.")
        @Nullable String memory;

        @Option(
                names = "--source",
                paramLabel = "ID",
                description = "A source, and all that it ever said.")
        @Nullable String source;

        @Option(names = "--everything", description = "The space with all that is in it.")
        boolean everything;

        ForgetBody because(String reason) {
            return new ForgetBody(entity, memory, source, everything ? true : null, reason, null);
        }
    }

    @Override
    public Integer call() throws InterruptedException {
        var terminal = Terminal.standard();
        var meant = what.because(reason);
        try (var session = Session.open(store.settings(), "forget")) {
            var from = session.client().space(space);
            if (lift) {
                from.lift(meant);
                terminal.line("it may be taken in again; what was deleted stays deleted");
                return 0;
            }
            show(terminal, from.forget(dryRun ? meant.asDryRun() : meant));
            if (!dryRun) {
                CatchingUp.await(session.client());
                return awaitCleaned(from, terminal);
            }
        }
        return 0;
    }

    private void show(Terminal terminal, ForgetReportBody report) {
        if (!dryRun && !report.forgotten()) {
            terminal.line("it was forgotten before; nothing has changed");
            return;
        }
        terminal.line(dryRun ? "it would touch" : "forgotten:");
        report.touched()
                .forEach((rows, count) -> terminal.line(String.format("  %,10d %s", count, rows)));
        report.left().forEach(left -> terminal.line("not touched: " + left));
    }

    /// @return the exit code
    private static int awaitCleaned(SpaceClient from, Terminal terminal)
            throws InterruptedException {
        long deadline = System.nanoTime() + LONGEST_CLEANING.toNanos();
        while (!from.forgotten().allMatch(ForgottenBody::cleaned)) {
            if (System.nanoTime() > deadline) {
                terminal.line(
                        "indexes and ledger have not yet given its room back; they go on, and GET "
                                + from.path()
                                + "/forgotten tells when they have");
                return Failure.ASKED;
            }
            Thread.sleep(BETWEEN_LOOKS);
        }
        terminal.line("indexes and ledger have given its room back");
        return 0;
    }
}
