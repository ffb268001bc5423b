package dev.palimpsest.api.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.palimpsest.api.Failure;
import dev.palimpsest.api.Session;
import dev.palimpsest.api.Settings;
import dev.palimpsest.api.client.Client;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Makes, lists and revokes keys.
@Command(
        name = "keys",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            KeysCommand.Create.class,
            KeysCommand.ListAll.class,
            KeysCommand.Revoke.class
        },
        description = {
            "Make, list and revoke the keys by which others come in.",
            "",
            "A server that requires keys is asked with a key that has admin for all spaces, in"
                    + " PALIMPSEST_KEY; the first one is made before it is served."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  palimpsest keys create --name ops --scopes read,write,admin --spaces '*'",
            "  palimpsest keys create --name scribe --scopes read,write --spaces main --days 90",
            "  palimpsest keys revoke abcdef27"
        })
final class KeysCommand implements Callable<Integer> {

    private static final String PATH = "/v1/keys";

    @Spec @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        if (spec == null) {
            throw new IllegalStateException("picocli says what this command is");
        }
        throw new ParameterException(spec.commandLine(), "say create, list or revoke");
    }

    /// Makes one.
    @Command(
            name = "create",
            sortOptions = false,
            mixinStandardHelpOptions = true,
            description = {
                "Make a key and print it, this once: only its hash is kept.",
                "",
                "read: ask, and read by id, list and history. write: say something, take it back,"
                        + " make the space. admin: forget and export; for all spaces also keys,"
                        + " audit, backup, restore, verify, rebuild. approve: nothing yet. None"
                        + " brings another."
            })
    static final class Create implements Callable<Integer> {

        private static final int MOST_DAYS = 36_500;

        @Option(
                names = "--name",
                required = true,
                paramLabel = "TEXT",
                description = "Whom or what it is for.")
        String name = "";

        @Option(
                names = "--scopes",
                required = true,
                split = ",",
                paramLabel = "SCOPE",
                description = "Of read, write, admin, approve; with commas between.")
        List<String> scopes = List.of();

        @Option(
                names = "--spaces",
                required = true,
                split = ",",
                paramLabel = "SPACE",
                description = "For these spaces, there or not; '*' for all.")
        List<String> spaces = List.of();

        @Option(
                names = "--days",
                paramLabel = "N",
                description = "How long it lets in; usually until it is revoked.")
        @Nullable Integer days;

        @Option(
                names = "--requests-per-minute",
                paramLabel = "N",
                description = "How often it may ask; usually as the server says of all.")
        @Nullable Integer requestsPerMinute;

        @Mixin Settings.Flags store = new Settings.Flags();

        @Override
        public Integer call() {
            var body = JsonNodeFactory.instance.objectNode().put("name", name);
            var wanted = body.putArray("scopes");
            scopes.forEach(wanted::add);
            var where = body.putArray("spaces");
            spaces.forEach(where::add);
            if (days != null) {
                if (days < 1 || days > MOST_DAYS) {
                    throw Failure.usage("--days must lie between 1 and " + MOST_DAYS + ": " + days);
                }
                body.put("expires", Instant.now().plus(Duration.ofDays(days)).toString());
            }
            if (requestsPerMinute != null) {
                body.put("requestsPerMinute", requestsPerMinute);
            }
            try (var session = Session.openOrMake(store.settings(), "keys")) {
                var made = session.client().post(PATH, body);
                System.err.println("palimpsest: this is shown once; only its hash is kept");
                Terminal.standard().line(made.path("key").asText());
            }
            return 0;
        }
    }

    /// Lists all.
    @Command(
            name = "list",
            sortOptions = false,
            mixinStandardHelpOptions = true,
            description = "List the keys that were ever made, without their texts.")
    static final class ListAll implements Callable<Integer> {

        private static final int PAGE = 1_000;

        @Mixin Settings.Flags store = new Settings.Flags();

        @Override
        public Integer call() {
            var terminal = Terminal.standard();
            try (var session = Session.open(store.settings(), "keys")) {
                String path = PATH + "?limit=" + PAGE;
                for (String next = path; !next.isEmpty(); ) {
                    var page = session.client().get(next);
                    page.path("items").forEach(key -> terminal.line(line(terminal, key)));
                    next =
                            page.hasNonNull("next")
                                    ? path + "&cursor=" + page.path("next").asText()
                                    : "";
                }
            }
            return 0;
        }

        private static String line(Terminal terminal, JsonNode key) {
            return terminal.bold(key.path("id").asText())
                    + "  "
                    + key.path("name").asText()
                    + "  "
                    + words(key.path("scopes"))
                    + " for "
                    + words(key.path("spaces"))
                    + terminal.faint(pace(key) + state(key));
        }

        private static String words(JsonNode list) {
            return StreamSupport.stream(list.spliterator(), false)
                    .map(JsonNode::asText)
                    .collect(Collectors.joining(","));
        }

        private static String pace(JsonNode key) {
            return key.hasNonNull("requestsPerMinute")
                    ? "  " + key.path("requestsPerMinute").asInt() + " a minute"
                    : "";
        }

        private static String state(JsonNode key) {
            if (key.hasNonNull("revoked")) {
                return "  revoked " + key.path("revoked").asText();
            }
            return key.hasNonNull("expires") ? "  until " + key.path("expires").asText() : "";
        }
    }

    /// Revokes one.
    @Command(
            name = "revoke",
            sortOptions = false,
            mixinStandardHelpOptions = true,
            description = "Revoke a key: from now on it lets nobody in.")
    static final class Revoke implements Callable<Integer> {

        @Parameters(
                paramLabel = "ID",
                description = "As `list` tells it: the 8 characters after pal_.")
        String id = "";

        @Mixin Settings.Flags store = new Settings.Flags();

        @Override
        public Integer call() {
            try (var session = Session.open(store.settings(), "keys")) {
                var revoked = session.client().delete(PATH + "/" + Client.segment(id));
                Terminal.standard()
                        .line(
                                revoked.path("id").asText()
                                        + " is revoked since "
                                        + revoked.path("revoked").asText());
            }
            return 0;
        }
    }
}
