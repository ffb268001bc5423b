package dev.palimpsest.api.command;

import dev.palimpsest.api.client.SpaceClient;
import dev.palimpsest.api.wire.ContextBody;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Prints the evidence for a question.
@Command(
        name = "context",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        description = {
            "Tell the evidence for a question: the memories that bear on it, in the order of time, within a"
                    + " number of tokens.",
            "",
            "The words are needed; the flags that leave something out narrow what may be told."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  palimpsest context \"Which instrument did Bo buy?\" --space talk --tokens 1000",
            "  palimpsest context \"What did Ann plant last spring?\" --space notes --asked 2023-07-12",
            "  palimpsest context \"Ann's job\" --space notes --facts --json"
        })
final class ContextCommand implements Callable<Integer> {

    private static final Posting.Kind<ContextBody> KIND =
            new Posting.Kind<>(
                    "context", "context", true, SpaceClient::context, ContextCommand::print);

    @Option(
            names = {"-s", "--space"},
            required = true,
            paramLabel = "SPACE",
            description = "The space to ask.")
    String space = "";

    @Option(
            names = "--tokens",
            paramLabel = "N",
            description = "The most tokens, estimated by rule; usually 2,000.")
    @Nullable Integer tokens;

    @Option(names = "--facts", description = "Tell facts that hold first.")
    boolean facts;

    @Mixin QuestionFlags question = new QuestionFlags();

    @Mixin OrderFlags order = new OrderFlags();

    @Option(names = "--explain", description = "Say how it was found, with --json.")
    boolean explain;

    @Mixin Posting posting = new Posting();

    @Override
    public Integer call() {
        var body = question.toJson();
        order.put(body);
        if (tokens != null) {
            body.put("tokens", tokens);
        }
        if (facts) {
            body.put("facts", true);
        }
        if (explain) {
            body.put("explain", true);
        }
        return posting.send(space, body, KIND);
    }

    private static void print(Terminal terminal, ContextBody context) {
        context.text().lines().forEach(terminal::line);
        if (context.note() != null) {
            terminal.line(context.note());
        }
        terminal.line(
                terminal.faint(
                        String.format(
                                Locale.ROOT,
                                "%,d memories, %,d tokens%s",
                                context.items().size(),
                                context.tokens(),
                                leftOut(context.leftOut()))));
    }

    private static String leftOut(int memories) {
        return memories == 0 ? "" : String.format(Locale.ROOT, "; no room for %,d more", memories);
    }
}
