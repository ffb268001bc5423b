package dev.palimpsest.query.index.lucene;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.KnnByteVectorField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.util.FixedBitSet;
import org.apache.lucene.util.VectorUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The vectors nearest to one are among those with the nearest sketches.
class SketchesTest {

    private static final long SEED = 11;
    private static final int COUNT = 20_000;
    private static final int DIMENSIONS = 384;
    private static final int NEAREST = 50;
    private static final int QUESTIONS = 5;

    private final Random random = new Random(SEED);
    private final List<byte[]> vectors = new ArrayList<>();
    private final ByteBuffersDirectory directory = new ByteBuffersDirectory();
    private DirectoryReader reader;

    /// Vectors that lie about a few hundred others, as those of texts do.
    @BeforeEach
    void writeVectors() throws IOException {
        List<byte[]> middles = IntStream.range(0, 300).mapToObj(_ -> vector()).toList();
        var settings = IndexFormat.ofVectors(Integer.MAX_VALUE).settings();
        try (var writer = new IndexWriter(directory, settings)) {
            for (int i = 0; i < COUNT; i++) {
                var vector = mixed(middles.get(random.nextInt(middles.size())), vector());
                vectors.add(vector);
                var document = new Document();
                document.add(
                        new KnnByteVectorField(
                                Fields.VECTOR, vector, VectorSimilarityFunction.COSINE));
                writer.addDocument(document);
            }
            writer.forceMerge(1);
            writer.commit();
        }
        reader = DirectoryReader.open(directory);
    }

    @AfterEach
    void close() throws IOException {
        reader.close();
    }

    @Test
    void holdsNearlyAllOfTheNearestInATwentiethOfAll() throws IOException {
        assertThat(recall(all(), COUNT / 20)).isGreaterThan(.95);
    }

    @Test
    void holdsThemAmongEveryThirdToo() throws IOException {
        var third = new FixedBitSet(COUNT);
        for (int i = 0; i < COUNT; i += 3) {
            third.set(i);
        }
        assertThat(recall(third, COUNT / 30)).isGreaterThan(.9);
    }

    @Test
    void areAllKeptWhereNoMoreAreSelectedThanWanted() throws IOException {
        assertThat(near(all(), vectors.getFirst(), COUNT)).hasSize(COUNT);
    }

    private double recall(FixedBitSet selected, int most) throws IOException {
        int right = 0;
        for (int i = 0; i < QUESTIONS; i++) {
            var asked = mixed(vectors.get(random.nextInt(COUNT)), vector());
            List<Integer> found = near(selected, asked, most);
            assertThat(found).hasSizeBetween(most / 2, 2 * most);
            right += (int) nearest(selected, asked).filter(found::contains).count();
        }
        return (double) right / (QUESTIONS * NEAREST);
    }

    private List<Integer> near(FixedBitSet selected, byte[] vector, int most) throws IOException {
        LeafReaderContext leaf = reader.leaves().getFirst();
        var among = new NearestVectors.Among(leaf, SegmentRows.of(selected));
        var sketched = new Sketches.Sketched(among, Sketches.read(leaf.reader()));
        var near = Sketches.nearest(List.of(sketched), vector, most).getFirst().rows();
        return IntStream.range(0, COUNT).filter(near::has).boxed().toList();
    }

    private IntStream nearest(FixedBitSet selected, byte[] vector) {
        return IntStream.range(0, COUNT)
                .filter(selected::get)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -VectorUtil.cosine(vectors.get(i), vector)))
                .limit(NEAREST)
                .mapToInt(i -> i);
    }

    private static FixedBitSet all() {
        var all = new FixedBitSet(COUNT);
        all.set(0, COUNT);
        return all;
    }

    private byte[] vector() {
        var vector = new byte[DIMENSIONS];
        for (int i = 0; i < DIMENSIONS; i++) {
            vector[i] = (byte) Math.clamp(Math.round(40 * random.nextGaussian()), -127, 127);
        }
        return vector;
    }

    private static byte[] mixed(byte[] one, byte[] other) {
        var mixed = new byte[one.length];
        for (int i = 0; i < one.length; i++) {
            mixed[i] = (byte) Math.clamp(Math.round((one[i] + other[i]) * .7), -127, 127);
        }
        return mixed;
    }
}
