package dev.palimpsest.api.command;

import dev.palimpsest.api.client.SpaceClient;
import dev.palimpsest.api.wire.AnswerBody;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Asks a question and prints the answer.
@Command(
        name = "ask",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        description = {
            "Ask what, where, when and why, in any mix, and get what fits best.",
            "",
            "--within, --box, --from, --at, --during, --allen, --types, --at-least, --at-most,"
                    + " --causes-of, --effects-of, --between and --sources leave out what does not"
                    + " fit; the words, --about, --around and --near put first what fits best."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  palimpsest ask \"strong quake near the coast\" --space earthquakes \\",
            "      --types Earthquake --within 24.1,121.7,80km --during 2018-02-04/2018-02-07",
            "  palimpsest ask --space earthquakes --about magnitude=6/0.5 --at-most depthKm=70",
            "  palimpsest ask --space earthquakes --causes-of us1000chhc --hops 3",
            "  palimpsest ask --space earthquakes --between us1000cffx,us1000chhc --paths 3",
            "  palimpsest ask \"Hualian\" --space earthquakes --known-at 2018-02-07T01:00Z --show"
        })
final class AskCommand implements Callable<Integer> {

    private static final Posting.Kind<AnswerBody> KIND =
            new Posting.Kind<>(
                    "ask",
                    "retrieve",
                    true,
                    SpaceClient::retrieve,
                    (terminal, answer) -> new AnswerText(terminal).print(answer));

    @Option(
            names = {"-s", "--space"},
            required = true,
            paramLabel = "SPACE",
            description = "The space to ask.")
    String space = "";

    @Mixin QuestionFlags question = new QuestionFlags();

    @Mixin OrderFlags order = new OrderFlags();

    @Option(names = "--explain", description = "Say how it was found, step by step.")
    boolean explain;

    @Mixin Posting posting = new Posting();

    @Override
    public Integer call() {
        var body = question.toJson();
        order.put(body);
        if (explain) {
            body.put("explain", true);
        }
        return posting.send(space, body, KIND);
    }
}
