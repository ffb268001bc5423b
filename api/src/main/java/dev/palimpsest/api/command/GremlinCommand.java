package dev.palimpsest.api.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.api.Session;
import dev.palimpsest.api.Settings;
import dev.palimpsest.api.wire.GremlinBody;
import dev.palimpsest.api.wire.GremlinQuestionBody;
import dev.palimpsest.api.wire.WireJson;
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
        var question =
                new GremlinQuestionBody(gremlin, moment("--at", at), moment("--known-at", knownAt));
        try (var session = Session.open(store.settings(), "gremlin")) {
            var asked = session.client().space(space);
            if (json) {
                terminal.line(
                        session.client()
                                .http()
                                .post(asked.path() + "/gremlin", question, JsonNode.class)
                                .toPrettyString());
            } else {
                print(terminal, asked.gremlin(question));
            }
        }
        return 0;
    }

    private static @Nullable String moment(String flag, @Nullable String text) {
        return text == null ? null : FlagTime.moment(flag, text).toString();
    }

    private static void print(Terminal terminal, GremlinBody found) {
        for (var value : found.values()) {
            terminal.line(value instanceof String text ? text : WireJson.text(value));
        }
        if (found.truncated()) {
            System.err.println("palimpsest: there was more; narrow the traversal or count()");
        }
        if (found.note() != null) {
            System.err.println("palimpsest: " + found.note());
        }
    }
}
