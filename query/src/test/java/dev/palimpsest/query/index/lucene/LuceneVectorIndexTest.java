package dev.palimpsest.query.index.lucene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.PredicateName;
import dev.palimpsest.model.Qualifiers;
import dev.palimpsest.model.RowId;
import dev.palimpsest.model.Value;
import dev.palimpsest.port.Projection.Checkpoint;
import dev.palimpsest.port.Row;
import dev.palimpsest.query.embed.MiniLmEmbedder;
import dev.palimpsest.query.ledger.InMemoryLedger;
import dev.palimpsest.query.ledger.Scribe;
import dev.palimpsest.question.Kind;
import dev.palimpsest.time.Interval;
import dev.palimpsest.time.Position;
import dev.palimpsest.time.Recorded;
import dev.palimpsest.time.Stamp;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LuceneVectorIndexTest {

    private static final Filter MEMORIES = new Filter.Kinds(Set.of(Kind.MEMORY));

    @TempDir private Path folder;
    private final LettersEmbedder letters = new LettersEmbedder();
    private LuceneVectorIndex index;
    private LuceneTextIndex words;
    private final Example space = new Example("demo");

    @BeforeEach
    void open() {
        index = new LuceneVectorIndex(folder, letters, letters);
        words = new LuceneTextIndex(folder.resolve("words"));
    }

    @AfterEach
    void close() {
        index.close();
        words.close();
    }

    @Test
    void findsTheMemoryOfLikeMeaning() {
        space.keep("a", "a strong quake was felt near the shore");
        space.keep("b", "the tax return is due in April");
        space.keep("c", "she likes her soup without salt");
        try (var model = new MiniLmEmbedder();
                var real = new LuceneVectorIndex(folder, letters, model)) {
            space.follow(real);
            var vector = model.embed("an earthquake off the coast");
            var found = nearest(real, vector, MEMORIES, space.head(), 2);
            assertThat(found).hasSize(2);
            assertThat(found.getFirst().id()).isEqualTo(memoryRow(1));
            assertThat(found.getFirst().score()).isBetween(.4, 1.0);
        }
    }

    @Test
    void holdsWhatHasMeaningOnly() {
        var plain = space.say("q", "magnitude", Value.Numeric.of(6.4));
        var sentence =
                space.scribe.say(
                        new EntityId("p"),
                        new PredicateName("triggered"),
                        new Value.Entity(new EntityId("q")),
                        Interval.since(Example.LONG_AGO),
                        Example.US,
                        new Qualifiers(
                                OptionalDouble.empty(),
                                OptionalDouble.empty(),
                                Optional.empty(),
                                Optional.of("the first quake led to the second")));
        space.keep("m", "we felt it");
        space.follow(index);
        var found = ids(Filter.ANYTHING, space.head());
        assertThat(found).hasSize(4).contains(sentence.id()).doesNotContain(plain.id());
        assertThat(space.rowsHeld(index)).hasSize(4);
    }

    @Test
    void showsEachPositionWhatWasRecordedThen() {
        space.name("q", "quake");
        var before = space.head();
        space.name("q", "earthquake");
        space.follow(index);
        assertThat(ids(Filter.ANYTHING, before)).hasSize(1);
        assertThat(ids(Filter.ANYTHING, space.head()))
                .hasSize(1)
                .doesNotContainAnyElementsOf(ids(Filter.ANYTHING, before));
    }

    @Test
    void computesEachTextOnce() {
        for (int i = 0; i < 600; i++) {
            space.keep("m" + i, "text number " + (i % 300));
        }
        space.follow(index);
        assertThat(letters.computed).isEqualTo(300);
        index.clear();
        index.apply(space.scribe.rows(), space.checkpoint());
        assertThat(letters.computed).isEqualTo(300);
        assertThat(ids(Filter.ANYTHING, space.head())).hasSize(600);
    }

    @Test
    void keepsTheVectorsOfEachModelApart() {
        space.keep("m", "quake");
        space.follow(index);
        assertThat(Files.isDirectory(folder.resolve("letters_v1"))).isTrue();
        try (var model = new MiniLmEmbedder();
                var other = new LuceneVectorIndex(folder, letters, model)) {
            assertThat(other.checkpoint()).isEmpty();
            assertThatThrownBy(() ->
                            nearest(other, letters.embed("quake"), MEMORIES, Position.START, 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("384");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1000, 2500, 1.0",
        "2, 3000, 2500, 0.99",
        "3, 9000, 2500, 0.98",
        "4, 9000, 9000, 1.0",
        "5, 9000, 0, 0.9",
    })
    void findsTheNearestOfAll(long seed, int count, long few, double least) {
        index.close();
        // None are few: the graph is asked.
        var effort = new NearestVectors.Effort(few, few == 0 ? 0 : count, 1_000);
        index =
                new LuceneVectorIndex(
                        folder.resolve("asked"),
                        letters,
                        letters,
                        OpenIndexes.Limits.USUAL,
                        effort);
        var random = new Random(seed);
        var vectors = new ArrayList<byte[]>();
        var rows = new ArrayList<Row>();
        for (int i = 0; i < count; i++) {
            var vector = new byte[letters.dimensions()];
            random.nextBytes(vector);
            vectors.add(vector);
            letters.kept.put("text " + i, vector);
            rows.add(memory(i));
        }
        var head = new Position(count);
        for (int from = 0; from < count; from += 6_000) {
            index.apply(rows.subList(from, Math.min(count, from + 6_000)), Checkpoint.UNFINISHED);
        }
        index.apply(List.of(), new Checkpoint(InMemoryLedger.EPOCH, head));
        words.apply(rows, new Checkpoint(InMemoryLedger.EPOCH, head));
        int right = 0;
        for (int question = 0; question < 20; question++) {
            var vector = new byte[letters.dimensions()];
            random.nextBytes(vector);
            var found = new HashSet<RowId>();
            nearest(index, vector, MEMORIES, head, 10).forEach(match -> found.add(match.id()));
            found.retainAll(nearest(vectors, vector, 10));
            right += found.size();
        }
        assertThat(right / 200.0).isGreaterThanOrEqualTo(least);
        var three = new Filter.Nodes(Filter.Role.SELF, NodeSet.of(5, 50, 500));
        assertThat(nearest(index, vectors.get(4), three, head, 10))
                .extracting(Match::node)
                .hasSize(3)
                .startsWith(5L);
    }

    private List<Match> nearest(
            LuceneVectorIndex among, byte[] vector, Filter filter, Position at, int limit) {
        if (words.covers().isBefore(space.head())) {
            space.catchUp(words);
        }
        return among.nearest(space.space(), vector, words, new Selection(filter, at), limit);
    }

    private static Set<RowId> nearest(List<byte[]> vectors, byte[] vector, int count) {
        double[] cosines = vectors.stream().mapToDouble(other -> cosine(other, vector)).toArray();
        double last = Arrays.stream(cosines).sorted().toArray()[cosines.length - count];
        var nearest = new HashSet<RowId>();
        for (int i = 0; i < cosines.length; i++) {
            if (cosines[i] >= last) {
                nearest.add(memoryRow(i + 1));
            }
        }
        return nearest;
    }

    private static double cosine(byte[] one, byte[] other) {
        double dot = 0;
        double squares = 0;
        for (int i = 0; i < one.length; i++) {
            dot += one[i] * other[i];
            squares += one[i] * one[i];
        }
        return dot / Math.sqrt(squares);
    }

    private Row memory(int number) {
        return new Row.OfMemory(
                space.space(),
                memoryRow(number + 1),
                Example.memory("m" + number, "text " + number),
                number + 1,
                List.of(),
                Recorded.since(stamp(number + 1)));
    }

    private static RowId memoryRow(long position) {
        return RowId.of(stamp(position), 1);
    }

    private static Stamp stamp(long position) {
        var at = new Position(position);
        return new Stamp(at, Scribe.recordedAt(at));
    }

    private Set<RowId> ids(Filter filter, Position at) {
        var ids = new HashSet<RowId>();
        nearest(index, letters.embed("quake"), filter, at, 1_000)
                .forEach(match -> ids.add(match.id()));
        return ids;
    }
}
