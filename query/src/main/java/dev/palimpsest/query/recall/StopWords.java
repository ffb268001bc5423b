package dev.palimpsest.query.recall;

import java.util.Set;
import org.apache.lucene.analysis.en.EnglishAnalyzer;

/// English words that say nothing of what a question is about, as the index of words writes them:
/// Lucene's, and those that questions are made of.
final class StopWords {

    private static final Set<String> OF_QUESTIONS =
            Set.of(
                    "could", "did", "do", "doe", "does", "had", "has", "have", "he", "her", "him",
                    "his", "how", "i", "many", "me", "might", "much", "my", "she", "should", "them",
                    "we", "were", "what", "when", "where", "which", "who", "whose", "why", "would",
                    "you", "your");

    private StopWords() {}

    static boolean contains(String word) {
        return OF_QUESTIONS.contains(word) || EnglishAnalyzer.ENGLISH_STOP_WORDS_SET.contains(word);
    }
}
