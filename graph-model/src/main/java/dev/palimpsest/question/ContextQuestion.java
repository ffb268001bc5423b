package dev.palimpsest.question;

import dev.palimpsest.question.Constraint.What;

/// What somebody wants to be told before they answer a question themselves.
///
/// @param question asks in words; further constraints narrow what may be told. Its kinds and its
///   limit do not matter
/// @param tokens the most the text may have, counted by [Tokens]
/// @param facts whether facts that hold are told first
public record ContextQuestion(Question question, int tokens, boolean facts) {

    public static final int MOST_TOKENS = 100_000;
    public static final int USUAL_TOKENS = 2_000;

    public ContextQuestion {
        if (question.find(What.Text.class).isEmpty()) {
            throw new IllegalArgumentException("what.text is needed: say in words what to find");
        }
        if (tokens < 1 || tokens > MOST_TOKENS) {
            throw new IllegalArgumentException(
                    "tokens must lie between 1 and " + MOST_TOKENS + ": " + tokens);
        }
    }
}
