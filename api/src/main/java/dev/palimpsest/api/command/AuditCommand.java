package dev.palimpsest.api.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.api.Failure;
import dev.palimpsest.api.Session;
import dev.palimpsest.api.Settings;
import dev.palimpsest.api.client.Client;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Verifies and exports the audit log.
@Command(
        name = "audit",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {AuditCommand.Verify.class, AuditCommand.Export.class},
        description = {
            "Verify or export the audit log: who wrote, forgot, looked after the store or was"
                    + " refused.",
            "",
            "A server that requires keys is asked with a key that has admin for all spaces, in"
                    + " PALIMPSEST_KEY."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  palimpsest audit verify", "  palimpsest audit export > audit.ndjson"})
final class AuditCommand implements Callable<Integer> {

    @Spec @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        if (spec == null) {
            throw new IllegalStateException("picocli says what this command is");
        }
        throw new ParameterException(spec.commandLine(), "say verify or export");
    }

    /// Works out every hash anew.
    @Command(
            name = "verify",
            sortOptions = false,
            mixinStandardHelpOptions = true,
            description = {
                "Work out the hash of every row anew; exit code 1 if one was changed or is gone.",
                "",
                "Rows cut off at the end leave no gap: keep the hash that this prints, and look"
                        + " whether a later export still has it."
            })
    static final class Verify implements Callable<Integer> {

        @Mixin Settings.Flags store = new Settings.Flags();

        @Override
        public Integer call() {
            var terminal = Terminal.standard();
            try (var session = Session.open(store.settings(), "audit")) {
                var found = session.client().verifyAudit();
                terminal.line(
                        String.format(
                                Locale.ROOT,
                                "%,d rows are as they were written; the last is %s",
                                found.rows(),
                                found.head()));
                if (found.flaw() != null) {
                    terminal.line(terminal.bold(found.flaw()));
                    return Failure.ASKED;
                }
            }
            return 0;
        }
    }

    /// Prints all of it.
    @Command(
            name = "export",
            sortOptions = false,
            mixinStandardHelpOptions = true,
            description = "Print all rows, the oldest first, as one JSON object a line.")
    static final class Export implements Callable<Integer> {

        @Mixin Settings.Flags store = new Settings.Flags();

        @Override
        public Integer call() {
            var terminal = Terminal.standard();
            try (var session = Session.open(store.settings(), "audit")) {
                // as they were sent, with what a newer server tells of them
                session.client()
                        .http()
                        .list(Client.AUDIT, JsonNode.class)
                        .forEach(row -> terminal.line(row.toString()));
            }
            return 0;
        }
    }
}
