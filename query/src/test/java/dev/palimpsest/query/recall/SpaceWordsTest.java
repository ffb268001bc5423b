package dev.palimpsest.query.recall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.query.embed.Int8;
import dev.palimpsest.query.recall.WordMeanings.Like;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SpaceWordsTest {

    private static final int DIMENSIONS = 384;
    private static final double LEAST_COSINE = .45;
    private static final long SEED = 11;

    private final SplittableRandom random = new SplittableRandom(SEED);

    @Test
    void aWordIsLikeItselfAloneWhereItIsNotKnown() {
        assertThat(new SpaceWords().like("boat")).containsExactly(new Like("boat", 1));
    }

    @Test
    void manyWordsAreFoundAlmostAsIfAllWereLookedAt() {
        var vectors = vectors(6_000);
        var words = new SpaceWords();
        words.add(names(0, 4_000), vectors.subList(0, 4_000));
        long shared = 0;
        long expected = 0;
        for (int asked = 0; asked < 50; asked++) {
            words.like(name(asked));
        }
        words.add(names(4_000, 6_000), vectors.subList(4_000, 6_000));
        for (int asked = 0; asked < 100; asked++) {
            var exact = alike(vectors, asked);
            var found = new HashSet<String>();
            words.like(name(asked)).forEach(like -> found.add(like.word()));
            assertThat(words.like(name(asked)).getFirst()).isEqualTo(new Like(name(asked), 1));
            expected += exact.size();
            shared += exact.stream().filter(found::contains).count();
        }
        assertThat(expected).as("seed %d", SEED).isGreaterThan(1_000);
        assertThat((double) shared / expected).as("seed %d", SEED).isGreaterThan(.98);
    }

    @Test
    void wordsThatComeLaterAreFoundToo() {
        var words = new SpaceWords();
        byte[] boat = Int8.direction(new float[] {1, 0, 0});
        words.add(List.of("boat"), List.of(boat));
        assertThat(words.like("boat")).hasSize(1);
        words.add(List.of("ship"), List.of(Int8.direction(new float[] {1, .2f, 0})));
        words.add(List.of("tree"), List.of(Int8.direction(new float[] {0, 1, 0})));
        assertThat(words.like("boat")).extracting(Like::word).containsExactly("boat", "ship");
    }

    /// In clusters, and all with something in common, as the vectors of words are.
    private List<byte[]> vectors(int count) {
        List<float[]> centres = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            centres.add(gaussian());
        }
        float[] common = gaussian();
        List<byte[]> vectors = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            float[] centre = centres.get(random.nextInt(centres.size()));
            float[] vector = gaussian();
            for (int d = 0; d < DIMENSIONS; d++) {
                vector[d] += .6f * common[d] + .7f * centre[d];
            }
            vectors.add(Int8.direction(vector));
        }
        return vectors;
    }

    private float[] gaussian() {
        var vector = new float[DIMENSIONS];
        for (int i = 0; i < DIMENSIONS; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return vector;
    }

    /// The best, by looking at all.
    private static List<String> alike(List<byte[]> vectors, int asked) {
        record Scored(int number, double cosine) {}
        var scored = new ArrayList<Scored>();
        for (int i = 0; i < vectors.size(); i++) {
            double cosine = cosine(vectors.get(asked), vectors.get(i));
            if (i != asked && cosine >= LEAST_COSINE) {
                scored.add(new Scored(i, cosine));
            }
        }
        return scored.stream()
                .sorted(Comparator.comparingDouble(Scored::cosine).reversed())
                .limit(39)
                .map(one -> name(one.number))
                .toList();
    }

    private static double cosine(byte[] one, byte[] other) {
        double both = 0;
        double ones = 0;
        double others = 0;
        for (int i = 0; i < one.length; i++) {
            both += one[i] * other[i];
            ones += one[i] * one[i];
            others += other[i] * other[i];
        }
        return both / Math.sqrt(ones * others);
    }

    private static List<String> names(int from, int until) {
        var names = new ArrayList<String>();
        for (int i = from; i < until; i++) {
            names.add(name(i));
        }
        return names;
    }

    private static String name(int number) {
        return "word" + number;
    }
}
