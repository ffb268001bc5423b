package dev.palimpsest.api.mcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.api.wire.QuestionBody;
import dev.palimpsest.ingest.source.InvalidField;
import dev.palimpsest.ingest.source.Shapes;
import dev.palimpsest.question.Reader;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Answers a question of any mix of what, where, when, why and who.
final class AskTool implements Tool {

    private static final int USUAL_HITS = 10;
    private static final List<String> TAKEN =
            Stream.concat(
                            Stream.of(
                                    "text",
                                    "asked",
                                    "causesOf",
                                    "effectsOf",
                                    "between",
                                    "hops",
                                    "paths",
                                    "kinds",
                                    "limit"),
                            PlainQuestion.narrowing().stream())
                    .toList();

    /// One of these at least says what is sought.
    private static final List<String> SEEKING =
            List.of(
                    "text",
                    "types",
                    "within",
                    "around",
                    "connectedTo",
                    "at",
                    "from",
                    "near",
                    "causesOf",
                    "effectsOf",
                    "between",
                    "sources");

    private final Reader reader;

    AskTool(Reader reader) {
        this.reader = reader;
    }

    /// @param hits best first
    record Answered(List<Told.OfHit> hits, @Nullable String note, boolean truncated) {}

    @Override
    public String name() {
        return "ask";
    }

    @Override
    public Answered call(Call call) {
        var question = PlainQuestion.of(call.arguments(), TAKEN);
        if (SEEKING.stream().noneMatch(call.arguments()::hasNonNull)) {
            throw new InvalidField(
                    "text", "is needed, or another of " + String.join(", ", SEEKING));
        }
        return answer(reader, call, question);
    }

    static Answered answer(Reader reader, Call call, ObjectNode question) {
        if (!question.has("limit")) {
            question.put("limit", USUAL_HITS);
        }
        call.seen().ifPresent(seen -> question.put("after", seen.toString()));
        try {
            var asked = QuestionBody.parse(call.space(), question);
            var answer = Shapes.made("", () -> reader.answer(asked));
            return new Answered(
                    answer.hits().stream().map(Told.OfHit::of).toList(),
                    answer.note().orElse(null),
                    answer.truncated());
        } catch (InvalidField e) {
            throw PlainQuestion.toldOfArgument(e);
        }
    }
}
