package dev.palimpsest.query.index.lucene;

import java.util.List;
import org.apache.lucene.analysis.Analyzer;

/// Turns texts into the words by which the index of words finds them. Safe for use by many threads.
public final class TextWords implements AutoCloseable {

    private final Analyzer analyzer = Words.analyzer();

    /// The words of a text without case, accents and English endings, as often as they occur and in
    /// their order; at most so many.
    public List<String> of(String text, int most) {
        return Words.all(analyzer, text, most);
    }

    @Override
    public void close() {
        analyzer.close();
    }
}
