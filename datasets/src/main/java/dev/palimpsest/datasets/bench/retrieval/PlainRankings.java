package dev.palimpsest.datasets.bench.retrieval;

import dev.palimpsest.model.Memory;
import dev.palimpsest.port.Embedder;
import dev.palimpsest.query.index.lucene.TextWords;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What a store is compared with: the rankings anybody can have in an afternoon, over the same
/// memories of one space. Each is worked out by looking at every memory.
public final class PlainRankings implements AutoCloseable {

    private static final double SATURATION = 0.9;
    private static final double LENGTH = 0.4;
    private static final int MOST_RANKED = 400;

    private final TextWords analyzer = new TextWords();
    private final Embedder embedder;
    private final List<String> ids;
    private final Bm25 alone;
    private final Bm25 among;
    private final List<byte[]> vectors;

    public PlainRankings(AskedSpace space, Embedder embedder) {
        this.embedder = embedder;
        var memories = space.memories();
        this.ids = memories.stream().map(memory -> memory.id().value()).toList();
        var words = new ArrayList<List<String>>();
        var around = new ArrayList<List<String>>();
        for (int i = 0; i < memories.size(); i++) {
            words.add(words(memories.get(i).textWithContext()));
            around.add(
                    words(
                            space.around(i).stream()
                                    .map(Memory::textWithContext)
                                    .collect(Collectors.joining(" "))));
        }
        this.alone = new Bm25(words);
        this.among = new Bm25(around);
        this.vectors = embedder.embedAll(memories.stream().map(Memory::textWithContext).toList());
    }

    /// By the words of each memory, with its speaker and date.
    public List<String> byWords(String question) {
        return best(alone.scores(words(question)));
    }

    /// By the words of each memory and of those before and after it in its session.
    public List<String> byWordsAround(String question) {
        return best(among.scores(words(question)));
    }

    /// By the cosine of vectors alone.
    public List<String> byMeaning(String question) {
        var asked = embedder.embed(question);
        return best(vectors.stream().mapToDouble(vector -> cosine(vector, asked)).toArray());
    }

    private List<String> best(double[] scores) {
        return IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(i -> scores[i]).reversed())
                .limit(MOST_RANKED)
                .map(ids::get)
                .toList();
    }

    private List<String> words(String text) {
        return analyzer.of(text, Integer.MAX_VALUE).stream().map(TextWords.Word::text).toList();
    }

    private static double cosine(byte[] one, byte[] other) {
        long product = 0;
        long ownSquares = 0;
        long otherSquares = 0;
        for (int i = 0; i < one.length; i++) {
            product += one[i] * other[i];
            ownSquares += one[i] * one[i];
            otherSquares += other[i] * other[i];
        }
        return product / Math.sqrt((double) ownSquares * otherSquares);
    }

    @Override
    public void close() {
        analyzer.close();
    }

    /// Okapi's formula over texts held in memory.
    private static final class Bm25 {
        private final List<Map<String, Integer>> counts = new ArrayList<>();
        private final Map<String, Integer> documents = new HashMap<>();
        private final int[] lengths;
        private final double usual;

        Bm25(List<List<String>> texts) {
            this.lengths = texts.stream().mapToInt(List::size).toArray();
            this.usual = IntStream.of(lengths).average().orElse(1);
            for (var text : texts) {
                var count = new HashMap<String, Integer>();
                text.forEach(word -> count.merge(word, 1, Integer::sum));
                count.keySet().forEach(word -> documents.merge(word, 1, Integer::sum));
                counts.add(count);
            }
        }

        double[] scores(List<String> question) {
            var scores = new double[lengths.length];
            for (var word : question.stream().distinct().toList()) {
                int having = documents.getOrDefault(word, 0);
                double rarity = Math.log(1 + (lengths.length - having + .5) / (having + .5));
                for (int i = 0; i < scores.length; i++) {
                    int often = counts.get(i).getOrDefault(word, 0);
                    double norm = SATURATION * (1 - LENGTH + LENGTH * lengths[i] / usual);
                    scores[i] += rarity * often / (often + norm);
                }
            }
            return scores;
        }
    }
}
