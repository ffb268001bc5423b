package dev.palimpsest.api.mcp;

import dev.palimpsest.api.wire.ContextQuestionBody;
import dev.palimpsest.ingest.source.InvalidField;
import dev.palimpsest.ingest.source.Shapes;
import dev.palimpsest.question.Context;
import dev.palimpsest.question.ContextMaker;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Hands over the evidence for a question as a text within a number of tokens.
final class ContextTool implements Tool {

    private static final List<String> TAKEN =
            Stream.concat(
                            Stream.of("text", "asked", "tokens", "facts"),
                            PlainQuestion.narrowing().stream())
                    .toList();

    private final ContextMaker contexts;

    ContextTool(ContextMaker contexts) {
        this.contexts = contexts;
    }

    /// @param memories the ids of those quoted, in the order of the text
    /// @param leftOut how many more were found and had no room
    record Evidence(
            String text, int tokens, List<String> memories, int leftOut, @Nullable String note) {

        static Evidence of(Context context) {
            return new Evidence(
                    context.text(),
                    context.tokens(),
                    context.items().stream()
                            .map(item -> item.memory().id().value())
                            .distinct()
                            .toList(),
                    context.leftOut(),
                    context.note().orElse(null));
        }
    }

    @Override
    public String name() {
        return "context";
    }

    @Override
    public Evidence call(Call call) {
        var question = PlainQuestion.of(call.arguments(), TAKEN);
        call.seen().ifPresent(seen -> question.put("after", seen.toString()));
        try {
            var asked = ContextQuestionBody.parse(call.space(), question);
            return Evidence.of(Shapes.made("", () -> contexts.context(asked)));
        } catch (InvalidField e) {
            throw PlainQuestion.toldOfArgument(e);
        }
    }
}
