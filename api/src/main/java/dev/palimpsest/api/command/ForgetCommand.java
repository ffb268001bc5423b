package dev.palimpsest.api.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.api.Failure;
import dev.palimpsest.api.Session;
import dev.palimpsest.api.Settings;
import dev.palimpsest.api.client.Client;
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

        void addTo(ObjectNode body) {
            if (everything) {
                body.put("everything", true);
            }
            put(body, "entity", entity);
            put(body, "memory", memory);
            put(body, "source", source);
        }

        private static void put(ObjectNode body, String field, @Nullable String value) {
            if (value != null) {
                body.put(field, value);
            }
        }
    }

    @Override
    public Integer call() throws InterruptedException {
        var terminal = Terminal.standard();
        var body = JsonNodeFactory.instance.objectNode();
        what.addTo(body);
        body.put("reason", reason);
        var path = "/v1/spaces/" + Client.segment(space);
        try (var session = Session.open(store.settings(), "forget")) {
            var client = session.client();
            if (lift) {
                client.post(path + "/forget/lift", body);
                terminal.line("it may be taken in again; what was deleted stays deleted");
                return 0;
            }
            var report = client.post(path + "/forget", body.put("dryRun", dryRun));
            show(terminal, report);
            if (!dryRun) {
                return awaitCleaned(client, path, terminal);
            }
        }
        return 0;
    }

    private void show(Terminal terminal, JsonNode report) {
        boolean forgotten = report.path("forgotten").asBoolean();
        if (!dryRun && !forgotten) {
            terminal.line("it was forgotten before; nothing has changed");
            return;
        }
        terminal.line(dryRun ? "it would touch" : "forgotten:");
        for (var count : report.path("touched").properties()) {
            terminal.line(String.format("  %,10d %s", count.getValue().asLong(), count.getKey()));
        }
        for (var left : report.path("left")) {
            terminal.line("not touched: " + left.asText());
        }
    }

    /// @return the exit code
    private static int awaitCleaned(Client client, String path, Terminal terminal)
            throws InterruptedException {
        long deadline = System.nanoTime() + LONGEST_CLEANING.toNanos();
        while (!isCleaned(client, path)) {
            if (System.nanoTime() > deadline) {
                terminal.line(
                        "indexes and ledger have not yet given its room back; they go on, and GET "
                                + path
                                + "/forgotten tells when they have");
                return Failure.ASKED;
            }
            Thread.sleep(BETWEEN_LOOKS);
        }
        terminal.line("indexes and ledger have given its room back");
        return 0;
    }

    private static boolean isCleaned(Client client, String path) {
        boolean cleaned = true;
        var next = "";
        do {
            var page =
                    client.get(
                            path
                                    + "/forgotten"
                                    + (next.isEmpty() ? "" : "?cursor=" + Client.segment(next)));
            for (var one : page.path("items")) {
                cleaned &= one.path("cleaned").asBoolean();
            }
            next = page.path("next").asText("");
        } while (!next.isEmpty());
        return cleaned;
    }
}
