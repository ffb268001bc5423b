package dev.palimpsest.question;

import dev.palimpsest.time.Bookmark;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What was found, best first, and how much of the ledger was seen.
///
/// @param bookmark the position the question was answered at
/// @param note what the asker should know about this answer, in a sentence
/// @param truncated whether a limit was met before everything was looked at
/// @param explanation what was done, in order; empty unless the question said `explain`
public record Answer(
        List<Hit> hits,
        Bookmark bookmark,
        Duration took,
        Optional<String> note,
        boolean truncated,
        List<Step> explanation) {

    public Answer {
        hits = List.copyOf(hits);
        explanation = List.copyOf(explanation);
    }

    /// One thing done to find an answer.
    ///
    /// @param estimatedRows how many rows it was thought to give; -1 if nobody guessed
    public record Step(String name, long estimatedRows, long actualRows, double milliseconds) {}
}
