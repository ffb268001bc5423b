package dev.palimpsest.query.recall;

import dev.palimpsest.query.recall.WordMeanings.Like;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The words of one space with their vectors. Which are like a word is worked out when that is
/// first asked, and again after words were added.
final class SpaceWords {

    /// Words beyond so many are found as they are written only.
    static final int MOST_WORDS = 30_000;

    /// Cosine from which on two words are like each other.
    private static final double LEAST_COSINE = .45;

    private static final int MOST_LIKE = 40;
    private static final int LONGEST_WORD = 30;
    private static final int MOST_KNOWN = 5_000;

    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> words = new ArrayList<>();
    private final List<Direction> vectors = new ArrayList<>();
    private final Map<String, List<Like>> like = new HashMap<>();

    /// Those whose vectors are wanted.
    synchronized List<String> unknown(Collection<String> some) {
        Set<String> unknown = new HashSet<>();
        for (var word : some) {
            if (words.size() + unknown.size() < MOST_WORDS
                    && word.length() <= LONGEST_WORD
                    && word.chars().allMatch(Character::isLetter)
                    && !StopWords.contains(word)
                    && !numbers.containsKey(word)) {
                unknown.add(word);
            }
        }
        return unknown.stream().sorted().toList();
    }

    synchronized void add(List<String> added, List<byte[]> theirs) {
        for (int i = 0; i < added.size(); i++) {
            numbers.put(added.get(i), words.size());
            words.add(added.get(i));
            vectors.add(Direction.of(theirs.get(i)));
        }
        if (!added.isEmpty()) {
            like.clear();
        }
    }

    synchronized List<Like> like(String word) {
        if (like.size() > MOST_KNOWN) {
            like.clear();
        }
        return like.computeIfAbsent(word, this::find);
    }

    private List<Like> find(String word) {
        var itself = new Like(word, 1);
        var number = numbers.get(word);
        if (number == null) {
            return List.of(itself);
        }
        var vector = vectors.get(number);
        var found = new ArrayList<Like>();
        for (int i = 0; i < words.size(); i++) {
            double cosine = i == number ? 0 : vector.cosineOfUnits(vectors.get(i));
            if (cosine >= LEAST_COSINE) {
                found.add(new Like(words.get(i), (cosine - LEAST_COSINE) / (1 - LEAST_COSINE)));
            }
        }
        found.sort(Comparator.comparingDouble(Like::likeness).reversed());
        found.addFirst(itself);
        return List.copyOf(found.subList(0, Math.min(MOST_LIKE, found.size())));
    }
}
