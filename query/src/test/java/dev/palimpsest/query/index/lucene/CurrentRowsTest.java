package dev.palimpsest.query.index.lucene;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.time.Moments;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.NoMergePolicy;
import org.apache.lucene.index.Term;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is told from what was known of a segment before is what reading it again would say.
class CurrentRowsTest {

    private static final int DOCUMENTS = 500;
    private static final int CHANGED = 60;
    private static final int STEPS = 120;
    private static final long OPEN = Moments.OPEN;
    private static final long DELETED = 0;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whatFollowsIsWhatIsReadAnew(long seed) throws IOException {
        var random = new Random(seed);
        var readers = new ArrayList<DirectoryReader>();
        try (var directory = new ByteBuffersDirectory();
                var writer =
                        new IndexWriter(
                                directory,
                                new IndexWriterConfig().setMergePolicy(NoMergePolicy.INSTANCE))) {
            for (int i = 0; i < DOCUMENTS; i++) {
                writer.addDocument(row(i, i + 1L));
            }
            writer.commit();
            readers.add(DirectoryReader.open(writer));
            var untils = new long[DOCUMENTS];
            Arrays.fill(untils, OPEN);
            var expected = new ArrayList<long[]>();
            expected.add(untils.clone());
            for (int step = 0; step < STEPS; step++) {
                change(random, writer, untils, DOCUMENTS + step);
                readers.add(DirectoryReader.open(writer));
                expected.add(untils.clone());
            }
            for (int i = 0; i < STEPS * 10; i++) {
                int one = random.nextInt(readers.size());
                int other = random.nextInt(readers.size());
                compare(seed, leaf(readers.get(one)), leaf(readers.get(other)), one <= other);
                requireAs(expected.get(one), CurrentRows.read(leaf(readers.get(one))), seed);
            }
            for (var reader : readers) {
                reader.close();
            }
        }
    }

    private static void compare(long seed, LeafReader one, LeafReader other, boolean follows)
            throws IOException {
        var known = CurrentRows.read(one);
        var anew = CurrentRows.read(other);
        if (follows) {
            assertThat(known.isFollowedBy(other)).as("seed %d", seed).isTrue();
        }
        if (known.isFollowedBy(other)) {
            var following = known.following(other);
            assertThat(following.current()).as("seed %d", seed).isEqualTo(anew.current());
            assertThat(ordered(following)).as("seed %d", seed).isEqualTo(ordered(anew));
            assertThat(following.settledAt())
                    .as("seed %d", seed)
                    .isGreaterThanOrEqualTo(anew.settledAt());
        }
    }

    private static List<CurrentRows.Closed> ordered(CurrentRows rows) {
        return rows.closed().stream()
                .sorted(Comparator.comparingInt(CurrentRows.Closed::document))
                .toList();
    }

    /// @param untils when each document was closed, 0 if it was deleted
    private static void requireAs(long[] untils, CurrentRows rows, long seed) {
        var closed = new ArrayList<CurrentRows.Closed>();
        for (int i = 0; i < untils.length; i++) {
            assertThat(rows.current().has(i)).as("seed %d", seed).isEqualTo(untils[i] == OPEN);
            if (untils[i] != OPEN && untils[i] != DELETED) {
                closed.add(new CurrentRows.Closed(i, i + 1L, untils[i]));
            }
        }
        assertThat(ordered(rows)).as("seed %d", seed).isEqualTo(closed);
    }

    /// A document is closed once, and may be deleted before or after.
    private static void change(Random random, IndexWriter writer, long[] untils, long position)
            throws IOException {
        int document = random.nextInt(CHANGED);
        var id = new Term(Fields.ID, Integer.toString(document));
        if (random.nextInt(3) == 0) {
            writer.deleteDocuments(id);
            untils[document] = DELETED;
        } else if (untils[document] == OPEN) {
            writer.updateDocValues(id, new NumericDocValuesField(Fields.UNTIL_POSITION, position));
            untils[document] = position;
        } else {
            writer.addDocument(row(-1, position));
        }
    }

    private static LeafReader leaf(DirectoryReader reader) {
        return reader.leaves().getFirst().reader();
    }

    private static Document row(int id, long from) {
        var document = new Document();
        document.add(new StringField(Fields.ID, Integer.toString(id), Field.Store.NO));
        document.add(new NumericDocValuesField(Fields.FROM_POSITION, from));
        document.add(new NumericDocValuesField(Fields.UNTIL_POSITION, Moments.OPEN));
        return document;
    }
}
