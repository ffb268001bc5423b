package dev.palimpsest.api.command;

import dev.palimpsest.api.Failure;
import dev.palimpsest.api.Session;
import dev.palimpsest.api.Settings;
import dev.palimpsest.api.wire.KeyBody;
import dev.palimpsest.api.wire.NewKeyBody;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
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
            var wanted = new NewKeyBody(name, scopes, spaces, expires(), requestsPerMinute);
            try (var session = Session.openOrMake(store.settings(), "keys")) {
                var made = session.client().makeKey(wanted);
                System.err.println("palimpsest: this is shown once; only its hash is kept");
                Terminal.standard().line(String.valueOf(made.key()));
            }
            return 0;
        }

        private @Nullable String expires() {
            if (days == null) {
                return null;
            }
            if (days < 1 || days > MOST_DAYS) {
                throw Failure.usage("--days must lie between 1 and " + MOST_DAYS + ": " + days);
            }
            return Instant.now().plus(Duration.ofDays(days)).toString();
        }
    }

    /// Lists all.
    @Command(
            name = "list",
            sortOptions = false,
            mixinStandardHelpOptions = true,
            description = "List the keys that were ever made, without their texts.")
    static final class ListAll implements Callable<Integer> {

        @Mixin Settings.Flags store = new Settings.Flags();

        @Override
        public Integer call() {
            var terminal = Terminal.standard();
            try (var session = Session.open(store.settings(), "keys")) {
                session.client().keys().forEach(key -> terminal.line(line(terminal, key)));
            }
            return 0;
        }

        private static String line(Terminal terminal, KeyBody key) {
            return terminal.bold(key.id())
                    + "  "
                    + key.name()
                    + "  "
                    + String.join(",", key.scopes())
                    + " for "
                    + String.join(",", key.spaces())
                    + terminal.faint(pace(key) + state(key));
        }

        private static String pace(KeyBody key) {
            return key.requestsPerMinute() == null
                    ? ""
                    : "  " + key.requestsPerMinute() + " a minute";
        }

        private static String state(KeyBody key) {
            if (key.revoked() != null) {
                return "  revoked " + key.revoked();
            }
            return key.expires() == null ? "" : "  until " + key.expires();
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
                var revoked = session.client().revokeKey(id);
                Terminal.standard().line(revoked.id() + " is revoked since " + revoked.revoked());
            }
            return 0;
        }
    }
}
