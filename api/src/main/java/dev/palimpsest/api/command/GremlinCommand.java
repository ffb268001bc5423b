package dev.palimpsest.api.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.palimpsest.api.Session;
import dev.palimpsest.api.Settings;
import dev.palimpsest.api.client.Client;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Asks the graph in Gremlin and prints what it finds, one value a line.
@Command(
        name = "gremlin",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        description = {
            "Ask the graph of a space in Gremlin: read-only, what is true and known now.",
            "",
            "Entity types are vertex labels, predicates edge labels and property keys."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  palimpsest gremlin \"g.V().groupCount().by(label)\" --space earthquakes",
            "  palimpsest gremlin \"g.V().has('magnitude', gt(6)).values('name')\" -s earthquakes",
        })
final class GremlinCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "GREMLIN", description = "A traversal from g on.")
    String gremlin = "";

    @Option(
            names = {"-s", "--space"},
            required = true,
            paramLabel = "SPACE",
            description = "The space to ask.")
    String space = "";

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "Only what holds at this moment, such as 2018-02-06T15:50Z.")
    @Nullable String at;

    @Option(names = "--known-at", paramLabel = "TIME", description = "As it was known then.")
    @Nullable String knownAt;

    @Option(names = "--json", description = "Print the whole answer as JSON.")
    boolean json;

    @Mixin Settings.Flags store = new Settings.Flags();

    @Override
    public Integer call() {
        var terminal = Terminal.standard();
        var path = "/v1/spaces/" + Client.segment(space) + "/gremlin";
        var body = JsonNodeFactory.instance.objectNode().put("gremlin", gremlin);
        if (at != null) {
            body.put("at", FlagTime.moment("--at", at).toString());
        }
        if (knownAt != null) {
            body.put("knownAt", FlagTime.moment("--known-at", knownAt).toString());
        }
        try (var session = Session.open(store.settings(), "gremlin")) {
            print(terminal, session.client().post(path, body));
        }
        return 0;
    }

    private void print(Terminal terminal, JsonNode results) {
        if (json) {
            terminal.line(results.toPrettyString());
            return;
        }
        for (var value : results.path("values")) {
            terminal.line(value.isTextual() ? value.asText() : value.toString());
        }
        if (results.path("truncated").asBoolean()) {
            System.err.println("palimpsest: there was more; narrow the traversal or count()");
        }
        if (results.hasNonNull("note")) {
            System.err.println("palimpsest: " + results.path("note").asText());
        }
    }
}
