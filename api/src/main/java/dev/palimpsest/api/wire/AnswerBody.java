package dev.palimpsest.api.wire;

import dev.palimpsest.question.Answer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What was found, best first.
///
/// @param explain what was done, in order; absent unless it was asked for
public record AnswerBody(
        List<HitBody> hits,
        String bookmark,
        double tookMs,
        @Nullable String note,
        boolean truncated,
        @Nullable List<StepBody> explain) {

    /// One thing done to find an answer.
    ///
    /// @param estimatedRows absent if nobody guessed
    public record StepBody(String step, @Nullable Long estimatedRows, long actualRows, double ms) {

        static StepBody of(Answer.Step step) {
            return new StepBody(
                    step.name(),
                    step.estimatedRows() < 0 ? null : step.estimatedRows(),
                    step.actualRows(),
                    rounded(step.milliseconds()));
        }
    }

    /// @param explained whether the question asked how it is answered
    public static AnswerBody of(Answer answer, boolean explained) {
        return new AnswerBody(
                answer.hits().stream().map(HitBody::of).toList(),
                answer.bookmark().toString(),
                rounded(answer.took().toNanos() / 1e6),
                answer.note().orElse(null),
                answer.truncated(),
                explained ? answer.explanation().stream().map(StepBody::of).toList() : null);
    }

    private static double rounded(double milliseconds) {
        return Math.round(milliseconds * 1_000) / 1_000.0;
    }
}
