package dev.palimpsest.datasets.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.api.Failure;
import dev.palimpsest.api.Server;
import dev.palimpsest.api.Session;
import dev.palimpsest.api.Settings;
import dev.palimpsest.api.client.Client;
import dev.palimpsest.api.client.ProblemException;
import dev.palimpsest.api.client.SpaceClient;
import dev.palimpsest.api.command.AddedCommand;
import dev.palimpsest.api.command.AnswerText;
import dev.palimpsest.api.command.Terminal;
import dev.palimpsest.datasets.earthquakes.EarthquakeItems;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Loads a week of real earthquakes, asks about them, and serves.
@Command(
        name = "demo",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        description = {
            "Load a week of real earthquakes (US Geological Survey, 1,707 events of February 2018,"
                    + " with computed trigger links), ask what a seismologist would ask, and serve.",
            "",
            "Done again, it changes nothing and asks again."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:the answers are right", "1:one is not", "2:it could not be tried"},
        footerHeading = "%nExamples:%n",
        footer = {"  palimpsest demo", "  palimpsest demo --once --data /tmp/demo"})
public final class DemoCommand implements AddedCommand {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String SPACE = EarthquakeItems.SPACE.value();

    @Option(names = "--once", description = "End after the questions; do not serve.")
    boolean once;

    @Option(names = "--port", paramLabel = "PORT", description = "Where to serve; usually 7400.")
    int port = Settings.USUAL_PORT;

    @Mixin Settings.Flags store = new Settings.Flags();

    private final Terminal terminal = Terminal.standard();

    @Override
    public Integer call() throws InterruptedException {
        terminal.line();
        terminal.line(terminal.bold("A week of real earthquakes: what, where, when and why"));
        var settings = store.settings("127.0.0.1", once ? 0 : port);
        var url = Session.serverOn(settings);
        return url.isPresent() ? askServer(url.get(), settings) : askHere(settings);
    }

    /// Somebody serves the folder: the week must be there already.
    private int askServer(URI url, Settings settings) {
        try (var client = Session.clientOf(url, settings)) {
            requireLoaded(client);
            boolean right = askAll(client);
            terminal.line("These answers came from the server on " + url + ".");
            return right ? 0 : Failure.ASKED;
        }
    }

    private static void requireLoaded(Client client) {
        try {
            client.space(SPACE).describe();
        } catch (ProblemException e) {
            if (e.status() != 404) {
                throw e;
            }
            throw Failure.untried(
                    "a server holds this data folder, on "
                            + client.base()
                            + ", and has no earthquakes; stop it first, or choose another folder"
                            + " with --data",
                    e);
        }
    }

    private int askHere(Settings settings) throws InterruptedException {
        try (var server = Server.start(settings, once ? "demo --once" : "demo")) {
            if (!server.awaitReady()) {
                throw Failure.asked("the database ended; see " + server.palimpsest().databaseLog());
            }
            tell(EarthquakeLoad.into(server.palimpsest().doors().writes()));
            try (var client = new Client(server.url())) {
                boolean right = askAll(client);
                if (once) {
                    return right ? 0 : Failure.ASKED;
                }
            }
            whatNext(server.url());
            server.serve();
        }
        return 0;
    }

    private void tell(EarthquakeLoad load) {
        terminal.line(
                load.written() == 0
                        ? String.format(
                                Locale.ROOT,
                                "All %,d items were here already; nothing changed.",
                                load.unchanged())
                        : String.format(
                                Locale.ROOT,
                                "%,d items written, each recorded when it became known.",
                                load.written()));
    }

    /// @return whether every answer is right
    private boolean askAll(Client client) {
        boolean right = true;
        int number = 1;
        for (var question : DemoQuestions.ALL) {
            right &= ask(client, number, question);
            number++;
        }
        terminal.line();
        return right;
    }

    private boolean ask(Client client, int number, DemoQuestion question) {
        terminal.line();
        terminal.line(terminal.bold(number + ". " + question.asks()));
        var answer = client.space(SPACE).retrieve(json(question));
        new AnswerText(terminal).print(answer, question.show());
        Optional<String> fault = question.fault().apply(answer);
        fault.ifPresent(what -> terminal.line("     " + terminal.bold("WRONG: " + what)));
        return fault.isEmpty();
    }

    private static ObjectNode json(DemoQuestion question) {
        try {
            return JSON.readValue(question.json(), ObjectNode.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the question is not JSON: " + question.json(), e);
        }
    }

    private void whatNext(URI url) {
        terminal.line(terminal.bold("Serving on " + url + ". In another terminal, try:"));
        terminal.line(
                "  ./palimpsest ask \"deep below the sea\" --space earthquakes --types Earthquake"
                        + " --within -17.8,178,800km --limit 3");
        terminal.line(
                "  ./palimpsest ask --space earthquakes --causes-of us1000chhc --explain --show");
        terminal.line(
                "  ./palimpsest gremlin \"g.V().groupCount().by(label)\" --space earthquakes");
        terminal.line("  curl " + url + SpaceClient.pathOf(SPACE) + "/entities/us1000chhc");
        terminal.line("The API is described on " + url + "/docs. Ctrl-C ends it.");
    }
}
