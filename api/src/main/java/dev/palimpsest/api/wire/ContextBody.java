package dev.palimpsest.api.wire;

import dev.palimpsest.api.wire.AnswerBody.StepBody;
import dev.palimpsest.question.Context;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The evidence for a question, as a text and piece by piece.
///
/// @param explain what was done, in order; absent unless it was asked for
public record ContextBody(
        String text,
        int tokens,
        List<HitBody> facts,
        List<ItemBody> items,
        int leftOut,
        String bookmark,
        double tookMs,
        @Nullable String note,
        @Nullable List<StepBody> explain) {

    /// What is told of one memory.
    ///
    /// @param whole whether the quote is all of it
    public record ItemBody(
            String memory,
            String quote,
            int offset,
            boolean whole,
            @Nullable String occurred,
            @Nullable String session,
            @Nullable String speaker,
            double score) {

        static ItemBody of(Context.Item item) {
            var memory = item.memory();
            return new ItemBody(
                    memory.id().value(),
                    item.quote(),
                    item.offset(),
                    item.isWhole(),
                    memory.occurred().map(Instant::toString).orElse(null),
                    memory.session().orElse(null),
                    memory.speaker().orElse(null),
                    item.score());
        }
    }

    /// @param explained whether the question asked how it is answered
    public static ContextBody of(Context context, boolean explained) {
        return new ContextBody(
                context.text(),
                context.tokens(),
                context.facts().stream().map(HitBody::of).toList(),
                context.items().stream().map(ItemBody::of).toList(),
                context.leftOut(),
                context.bookmark().toString(),
                Math.round(context.took().toNanos() / 1e3) / 1e3,
                context.note().orElse(null),
                explained ? context.explanation().stream().map(StepBody::of).toList() : null);
    }
}
