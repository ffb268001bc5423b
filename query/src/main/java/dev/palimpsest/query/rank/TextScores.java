package dev.palimpsest.query.rank;

import dev.palimpsest.model.RowId;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// How well rows fit the words of a question: half by the words in them, half by their meaning.
///
/// In each half the best row found has 1. Words are nothing where none is met, so they are measured
/// from there; nearness in meaning has no such point and is stretched so that the last row found
/// has 0. A row found by only one of them has 0 for the other. Where meaning could not be asked,
/// words are all.
public final class TextScores {

    private final Map<RowId, Double> words;
    private final Map<RowId, Double> meaning;
    private final boolean meaningAsked;

    /// @param words raw scores by row
    /// @param meaning likewise; ignored unless `meaningAsked`
    public TextScores(Map<RowId, Double> words, Map<RowId, Double> meaning, boolean meaningAsked) {
        this.words = stretched(words, 0);
        this.meaning = stretched(meaning, least(meaning.values()));
        this.meaningAsked = meaningAsked;
    }

    private TextScores(Map<RowId, Double> ready) {
        this.words = Map.copyOf(ready);
        this.meaning = Map.of();
        this.meaningAsked = false;
    }

    /// Scores that were found elsewhere, 0 to 1.
    public static TextScores ready(Map<RowId, Double> scores) {
        return new TextScores(scores);
    }

    /// No row fits at all.
    public static TextScores none() {
        return new TextScores(Map.of(), Map.of(), false);
    }

    public double of(RowId row) {
        double byWords = words.getOrDefault(row, 0.0);
        return meaningAsked ? (byWords + meaning.getOrDefault(row, 0.0)) / 2 : byWords;
    }

    /// The rows that fit best, at most so many.
    public Set<RowId> best(int most) {
        var rows = new HashSet<>(words.keySet());
        rows.addAll(meaning.keySet());
        return rows.stream()
                .sorted(
                        Comparator.comparingDouble(this::of)
                                .reversed()
                                .thenComparing(RowId::toString, Comparator.reverseOrder()))
                .limit(most)
                .collect(Collectors.toSet());
    }

    /// @param least what counts 0
    private static Map<RowId, Double> stretched(Map<RowId, Double> scores, double least) {
        double range = -least(scores.values().stream().map(score -> -score).toList()) - least;
        Map<RowId, Double> stretched = new HashMap<>();
        scores.forEach(
                (row, score) -> stretched.put(row, range > 0 ? (score - least) / range : 1.0));
        return stretched;
    }

    private static double least(Collection<Double> scores) {
        return scores.stream().mapToDouble(Double::doubleValue).min().orElse(0);
    }
}
