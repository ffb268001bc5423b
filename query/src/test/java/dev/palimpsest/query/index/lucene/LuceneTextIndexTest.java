package dev.palimpsest.query.index.lucene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.Memory;
import dev.palimpsest.model.MemoryId;
import dev.palimpsest.model.RowId;
import dev.palimpsest.model.SourceId;
import dev.palimpsest.model.Value;
import dev.palimpsest.port.Projection.Checkpoint;
import dev.palimpsest.port.Projection.HeldRow;
import dev.palimpsest.port.Row;
import dev.palimpsest.port.StoreException;
import dev.palimpsest.query.index.lucene.Filter.Word;
import dev.palimpsest.question.Kind;
import dev.palimpsest.time.Position;
import dev.palimpsest.time.Recorded;
import dev.palimpsest.time.Stamp;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LuceneTextIndexTest {

    private static final Filter ENTITIES = new Filter.Kinds(Set.of(Kind.ENTITY));
    private static final Filter FACTS = new Filter.Kinds(Set.of(Kind.FACT));
    private static final Filter MEMORIES = new Filter.Kinds(Set.of(Kind.MEMORY));

    @TempDir private Path folder;
    private LuceneTextIndex index;
    private final Example space = new Example("demo");

    @BeforeEach
    void open() {
        index = new LuceneTextIndex(folder);
    }

    @AfterEach
    void close() {
        index.close();
    }

    @Test
    void findsWordsWhateverTheirEndingCaseAndAccents() {
        space.keep("m", "The Earthquakes near Zürich's lake were strong");
        space.keep("n", "Tax returns are due");
        space.follow(index);
        for (String words :
                List.of("earthquake", "EARTHQUAKES", "zurich", "Zürich lakes", "strong tax")) {
            assertThat(index.search(space.space(), words, MEMORIES, space.head(), 10))
                    .as(words)
                    .isNotEmpty();
        }
        assertThat(index.search(space.space(), "hurricane", MEMORIES, space.head(), 10)).isEmpty();
        assertThat(index.search(space.space(), " ... ", MEMORIES, space.head(), 10)).isEmpty();
    }

    @Test
    void putsNamesBeforeMentions() {
        space.name("q1", "Hualian quake");
        space.name("q2", "Another quake");
        space.say("q2", "description", new Value.Text("far from Hualian, and smaller than that"));
        space.follow(index);
        var found = index.search(space.space(), "Hualian", ENTITIES, space.head(), 10);
        assertThat(found).extracting(Match::node).containsExactly(node("q1"), node("q2"));
        assertThat(found).isSortedAccordingTo((a, b) -> Double.compare(b.score(), a.score()));
    }

    @Test
    void findsFactsByPredicateLiteralAndIds() {
        var fact = space.say("us1000chhc", "reviewStatus", new Value.Text("automatic"));
        space.follow(index);
        for (String words : List.of("us1000chhc", "status", "automatic")) {
            assertThat(index.search(space.space(), words, FACTS, space.head(), 10))
                    .as(words)
                    .extracting(Match::id)
                    .containsExactly(fact.id());
        }
    }

    @Test
    void showsEachPositionWhatWasRecordedThen() {
        var small = space.say("q", "magnitude", Value.Numeric.of(6.1));
        var before = space.head();
        space.scribe.takeBack(small);
        var large = space.say("q", "magnitude", Value.Numeric.of(6.4));
        space.follow(index);
        assertThat(facts(before)).containsExactly(small.id());
        assertThat(facts(before.next())).isEmpty();
        assertThat(facts(space.head())).containsExactly(large.id());
        assertThat(facts(Position.START)).isEmpty();
    }

    @Test
    void closesWithoutWritingTheDocumentAgain() throws IOException {
        var fact = space.say("q", "magnitude", Value.Numeric.of(6.1));
        space.follow(index);
        space.scribe.takeBack(fact);
        space.follow(index);
        assertThat(held()).contains(new HeldRow(fact.id(), 1, 2));
        index.close();
        try (var directory = FSDirectory.open(folder.resolve("spaces/demo"));
                var reader = DirectoryReader.open(directory)) {
            assertThat(reader.numDeletedDocs()).isZero();
            assertThat(reader.maxDoc()).isEqualTo(space.rowsHeld(index).size());
        }
    }

    @Test
    void applyingTwiceIsApplyingOnce() {
        var fact = space.say("q", "magnitude", Value.Numeric.of(6.1));
        space.keep("m", "a quake", "q");
        space.scribe.takeBack(fact);
        List<Row> changes = space.scribe.changesAfter(Position.START);
        index.apply(changes, space.checkpoint());
        var once = held();
        index.apply(changes, space.checkpoint());
        index.apply(changes.reversed(), space.checkpoint());
        assertThat(held()).isEqualTo(once).hasSameSizeAs(space.rowsHeld(index));
        assertThat(facts(space.head())).isEmpty();
    }

    @Test
    void learnsOfSourcesThatCameToAgree() {
        var fact = space.say("q", "magnitude", Value.Numeric.of(6.1));
        space.follow(index);
        index.apply(List.of(saidBy(fact.id(), "us", "web")), space.checkpoint());
        assertThat(ids(new Filter.Words(Word.SOURCE, Set.of("web")))).containsExactly(fact.id());
        assertThat(ids(new Filter.Words(Word.SOURCE, Set.of("us")))).contains(fact.id());
        assertThat(held()).hasSameSizeAs(space.rowsHeld(index));
    }

    @Test
    void forgetsSourcesWhateverBecameOfTheFactSince() throws IOException {
        var closed = space.say("q", "magnitude", Value.Numeric.of(6.1));
        var open = space.say("q", "depth", Value.Numeric.of(10));
        space.follow(index);
        space.scribe.takeBack(closed);
        for (var fact : List.of(closed, open)) {
            index.apply(List.of(saidBy(fact.id(), "us", "web")), space.checkpoint());
        }
        assertThat(sourcesOnDisk()).contains("web");
        for (var fact : List.of(closed, open)) {
            index.apply(List.of(saidBy(fact.id(), "us")), space.checkpoint());
        }
        assertThat(ids(new Filter.Words(Word.SOURCE, Set.of("web")))).isEmpty();
        index.scour(space.space());
        assertThat(held()).hasSameSizeAs(space.rowsHeld(index));
        assertThat(sourcesOnDisk()).containsOnly("us");
    }

    /// Of all documents, those that are deleted too.
    private Set<String> sourcesOnDisk() throws IOException {
        index.close();
        var sources = new HashSet<String>();
        try (var directory = FSDirectory.open(folder.resolve("spaces/demo"));
                var reader = DirectoryReader.open(directory)) {
            for (var leaf : reader.leaves()) {
                var all = leaf.reader().terms(Fields.of(Word.SOURCE)).iterator();
                for (var next = all.next(); next != null; next = all.next()) {
                    sources.add(next.utf8ToString());
                }
            }
        }
        index = new LuceneTextIndex(folder);
        return sources;
    }

    private Row.OfFact saidBy(RowId fact, String... sources) {
        var row = factRow(fact);
        return new Row.OfFact(
                row.space(),
                row.version(),
                row.subjectNode(),
                row.objectNode(),
                Stream.of(sources).map(SourceId::new).collect(Collectors.toSet()));
    }

    @Test
    void neverMixesSpaces() {
        var other = new Example("other");
        space.keep("m", "a quake here");
        other.keep("m", "a quake there");
        var rows = new ArrayList<>(space.scribe.rows());
        rows.addAll(other.scribe.rows());
        index.apply(rows, space.checkpoint());
        for (Example one : List.of(space, other)) {
            var found = index.search(one.space(), "quake", Filter.ANYTHING, one.head(), 10);
            assertThat(found).hasSize(1);
            assertThat(one.scribe.rows())
                    .filteredOn(row -> row instanceof Row.OfMemory)
                    .extracting(row -> ((Row.OfMemory) row).id())
                    .containsExactly(found.getFirst().id());
        }
        assertThat(index.count(new Example("third").space(), Filter.ANYTHING, space.head()))
                .isZero();
    }

    @Test
    void doesNotAnswerForAPositionItHasNotReached() {
        space.keep("m", "quake");
        space.follow(index);
        assertThat(index.covers()).isEqualTo(space.head());
        assertThatThrownBy(() -> index.count(space.space(), Filter.ANYTHING, space.head().next()))
                .isInstanceOf(StoreException.Unavailable.class)
                .hasMessageContaining("not yet to 2");
    }

    @Test
    void refusesAnotherEpoch() {
        space.keep("m", "quake");
        space.follow(index);
        var other = new Checkpoint(UUID.randomUUID(), space.head());
        assertThatThrownBy(() -> index.apply(List.of(), other))
                .isInstanceOf(StoreException.Conflict.class);
        index.clear();
        index.apply(List.of(), other);
        assertThat(index.checkpoint()).contains(other);
        assertThat(held()).isEmpty();
    }

    @Test
    void takesWordsOfAnyLength() {
        var row =
                new Row.OfMemory(
                        space.space(),
                        new RowId(new UUID(7, 7)),
                        new Memory(
                                new MemoryId("m"),
                                "x".repeat(200_000),
                                Optional.empty(),
                                Optional.of("a".repeat(100_000)),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                List.of(),
                                Example.US,
                                "{}"),
                        1,
                        List.of(),
                        Recorded.since(new Stamp(new Position(1), Instant.EPOCH)));
        index.apply(List.of(row), new Checkpoint(space.checkpoint().epoch(), new Position(1)));
        var agent = new Filter.Words(Word.AGENT, Set.of("a".repeat(100_000)));
        assertThat(index.count(space.space(), agent, new Position(1))).isEqualTo(1);
        assertThat(
                        index.search(
                                space.space(),
                                "word ".repeat(50_000) + "y ".repeat(9),
                                MEMORIES,
                                new Position(1),
                                10))
                .isEmpty();
    }

    private List<Match> list(Order order, Filter filter) {
        return index.list(space.space(), filter, order, space.head(), 100);
    }

    private List<RowId> ids(Filter filter) {
        return list(new Order.Newest(), filter).stream().map(Match::id).toList();
    }

    private List<RowId> facts(Position at) {
        return index.list(space.space(), FACTS, new Order.Newest(), at, 100).stream()
                .map(Match::id)
                .toList();
    }

    private Set<HeldRow> held() {
        var rows = new HashSet<HeldRow>();
        index.rows(
                space.space(), row -> assertThat(rows.add(row)).as("held once: %s", row).isTrue());
        return rows;
    }

    private Row.OfFact factRow(RowId id) {
        return space.scribe.rows().stream()
                .filter(Row.OfFact.class::isInstance)
                .map(Row.OfFact.class::cast)
                .filter(row -> row.version().id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private long node(String entity) {
        return space.scribe.nodeOf(new EntityId(entity));
    }
}
