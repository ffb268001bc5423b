package dev.palimpsest.query.recall;

import java.util.Set;

/// English words that say nothing of what a question is about, as the index of words writes them.
final class StopWords {

    private static final Set<String> WORDS =
            Set.of(
                    "a", "an", "and", "are", "as", "at", "be", "but", "by", "did", "do", "doe",
                    "does", "for", "had", "has", "have", "he", "her", "him", "his", "how", "i",
                    "if", "in", "into", "is", "it", "many", "me", "much", "my", "no", "not", "of",
                    "on", "or", "she", "such", "that", "the", "their", "them", "then", "there",
                    "these", "they", "this", "to", "was", "we", "were", "what", "when", "where",
                    "which", "who", "whose", "why", "will", "with", "you", "your");

    private StopWords() {}

    static boolean contains(String word) {
        return WORDS.contains(word);
    }
}
