package dev.palimpsest.datasets.bench.retrieval;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// How good an answer in words is, by the right ones alone: whether it contains one, and how many
/// words it shares with it. Case, punctuation and articles do not count.
///
/// @param contains whether the words of a right answer stand in it one after the other
/// @param overlap the harmonic mean of the shares of words that are common to both (F1), of the
///   right answer that fits best
public record Grade(boolean contains, double overlap) {

    private static final Set<String> ARTICLES = Set.of("a", "an", "the");

    public static Grade of(String answer, List<String> right) {
        var said = words(answer);
        boolean contains = false;
        double overlap = 0;
        for (var one : right) {
            var wanted = words(one);
            contains |= !wanted.isEmpty() && Collections.indexOfSubList(said, wanted) >= 0;
            overlap = Math.max(overlap, overlap(said, wanted));
        }
        return new Grade(contains, overlap);
    }

    private static double overlap(List<String> said, List<String> wanted) {
        var left = new ArrayList<>(wanted);
        long common = said.stream().filter(left::remove).count();
        return common == 0 ? 0 : 2.0 * common / (said.size() + wanted.size());
    }

    private static List<String> words(String text) {
        var words = new ArrayList<String>();
        for (var word : text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+", -1)) {
            if (!word.isEmpty() && !ARTICLES.contains(word)) {
                words.add(word);
            }
        }
        return words;
    }
}
