package dev.palimpsest.query.index.lucene;

import java.util.List;
import org.apache.lucene.analysis.Analyzer;

/// Turns texts into the words by which the index of words finds them. Safe for use by many threads.
public final class TextWords implements AutoCloseable {

    private final Analyzer analyzer = Words.analyzer();

    /// A word of a text, without case, accents and English endings.
    ///
    /// @param capital whether it was written with one
    public record Word(String text, boolean capital) {}

    /// The words of a text, as often as they occur and in their order; at most so many.
    public List<Word> of(String text, int most) {
        return Words.all(analyzer, text, most);
    }

    @Override
    public void close() {
        analyzer.close();
    }
}
