package dev.palimpsest.query.recall;

import dev.palimpsest.query.embed.Int8;
import dev.palimpsest.query.index.AskedSigns;
import dev.palimpsest.query.index.SignTable;
import dev.palimpsest.query.recall.WordMeanings.Like;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.util.VectorUtil;

/// The words of one space with their vectors. Which are like a word is worked out when that is
/// first asked, and kept: later only words that came since are looked at. Among many only those are
/// looked at that are likely by their signs, which may miss one that is barely alike.
final class SpaceWords {

    /// Words beyond so many are found as they are written only.
    static final int MOST_WORDS = 30_000;

    /// Cosine from which on two words are like each other.
    private static final double LEAST_COSINE = .45;

    /// Like a word, with itself.
    private static final int MOST_LIKE = 40;

    /// So many are looked at among more; ten for each that may be alike.
    private static final int LIKELY = 400;

    private static final int LONGEST_WORD = 30;
    private static final int FIRST_ROOM = 1_024;

    private final Map<String, Word> known = new HashMap<>();
    private final List<Word> words = new ArrayList<>();

    /// What words have in common, which says nothing about one.
    private float[] mean = {};

    /// Of each word's vector without what is common.
    private SignTable signs = SignTable.of(0, 0, 0);

    private int room;

    /// A word, and those found to be like it.
    private static final class Word {
        private final String text;
        private final byte[] vector;
        private final double length;
        private List<Like> like = List.of();
        private int lookedAt;

        Word(String text, byte[] vector) {
            this.text = text;
            this.vector = vector;
            this.length = Math.sqrt(Math.max(1, VectorUtil.dotProduct(vector, vector)));
        }

        double cosine(Word other) {
            return VectorUtil.dotProduct(vector, other.vector) / (length * other.length);
        }
    }

    /// Those whose vectors are wanted.
    synchronized List<String> unknown(Collection<String> some) {
        Set<String> unknown = new HashSet<>();
        for (var word : some) {
            if (words.size() + unknown.size() < MOST_WORDS
                    && word.length() <= LONGEST_WORD
                    && word.chars().allMatch(Character::isLetter)
                    && !StopWords.contains(word)
                    && !known.containsKey(word)) {
                unknown.add(word);
            }
        }
        return unknown.stream().sorted().toList();
    }

    synchronized void add(List<String> added, List<byte[]> theirs) {
        for (int i = 0; i < added.size(); i++) {
            var word = new Word(added.get(i), theirs.get(i));
            words.add(word);
            known.put(word.text, word);
            if (words.size() > room) {
                makeRoom();
            } else {
                signs.set(words.size() - 1, apart(word));
            }
        }
    }

    /// For twice as many; what is common is worked out anew.
    private void makeRoom() {
        room = Math.max(FIRST_ROOM, 2 * words.size());
        int dimensions = words.getFirst().vector.length;
        mean = new float[dimensions];
        for (var word : words) {
            for (int i = 0; i < dimensions; i++) {
                mean[i] += (float) (word.vector[i] / word.length / words.size());
            }
        }
        signs = SignTable.of(room, 0, SignTable.words(dimensions));
        for (int number = 0; number < words.size(); number++) {
            signs.set(number, apart(words.get(number)));
        }
    }

    /// What a word means without what is common.
    private byte[] apart(Word word) {
        var apart = new float[mean.length];
        for (int i = 0; i < apart.length; i++) {
            apart[i] = (float) (word.vector[i] / word.length) - mean[i];
        }
        return Int8.direction(apart);
    }

    /// The word itself, and those like it if it is known; the most alike first.
    synchronized List<Like> like(String text) {
        var word = known.get(text);
        if (word == null) {
            return List.of(new Like(text, 1));
        }
        if (word.lookedAt < words.size()) {
            word.like = more(word);
            word.lookedAt = words.size();
        }
        return word.like;
    }

    /// Words that came since the word was last looked at and may be like it.
    private List<Word> likely(Word word) {
        var later = words.subList(word.lookedAt, words.size());
        if (later.size() <= LIKELY) {
            return later;
        }
        var asked = AskedSigns.of(apart(word));
        var distances = new short[later.size()];
        var histogram = new int[asked.furthest() + 1];
        for (int i = 0; i < distances.length; i++) {
            distances[i] = (short) signs.distance(asked, word.lookedAt + i);
            histogram[distances[i]]++;
        }
        int reach = 0;
        for (int met = histogram[0]; met < LIKELY; met += histogram[reach]) {
            reach++;
        }
        var likely = new ArrayList<Word>();
        for (int i = 0; i < distances.length; i++) {
            if (distances[i] <= reach) {
                likely.add(later.get(i));
            }
        }
        return likely;
    }

    /// Of equals that which came earlier goes before.
    private List<Like> more(Word word) {
        var like = new ArrayList<>(word.like);
        for (var other : likely(word)) {
            double cosine = other == word ? 1 : word.cosine(other);
            if (cosine >= LEAST_COSINE) {
                like.add(new Like(other.text, (cosine - LEAST_COSINE) / (1 - LEAST_COSINE)));
            }
        }
        var itself = new Like(word.text, 1);
        like.remove(itself);
        like.sort(Comparator.comparingDouble(Like::likeness).reversed());
        like.addFirst(itself);
        return List.copyOf(like.subList(0, Math.min(MOST_LIKE, like.size())));
    }
}
