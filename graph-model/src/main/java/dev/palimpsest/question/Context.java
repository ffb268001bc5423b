package dev.palimpsest.question;

import dev.palimpsest.model.Memory;
import dev.palimpsest.time.Bookmark;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The evidence for a question, in the order of time.
///
/// @param text everything told, to be handed on as it is
/// @param tokens how many the text has, counted by [Tokens]
/// @param facts that hold, told before everything else; empty unless asked for
/// @param leftOut how many further memories would have been told, had there been room
/// @param explanation what was done, in order; empty unless the question said `explain`
public record Context(
        String text,
        int tokens,
        List<Hit> facts,
        List<Item> items,
        int leftOut,
        Bookmark bookmark,
        Duration took,
        Optional<String> note,
        List<Answer.Step> explanation) {

    public Context {
        facts = List.copyOf(facts);
        items = List.copyOf(items);
        explanation = List.copyOf(explanation);
    }

    /// What is told of one memory.
    ///
    /// @param quote its text, or the part of it that was chosen
    /// @param offset where in its text the quote begins, in characters
    /// @param score how well it fits, 0 to 1
    public record Item(Memory memory, String quote, int offset, double score) {

        /// Whether the quote is all of it.
        public boolean isWhole() {
            return quote.length() == memory.text().length();
        }
    }
}
