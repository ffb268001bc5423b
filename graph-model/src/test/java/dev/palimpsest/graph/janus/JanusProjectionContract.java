package dev.palimpsest.graph.janus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.model.Value;
import dev.palimpsest.port.Projection.Checkpoint;
import dev.palimpsest.port.Projection.HeldRow;
import dev.palimpsest.port.Row;
import dev.palimpsest.port.StoreException;
import dev.palimpsest.time.Interval;
import dev.palimpsest.time.Position;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.apache.tinkerpop.gremlin.process.traversal.dsl.graph.GraphTraversal;
import org.apache.tinkerpop.gremlin.process.traversal.dsl.graph.GraphTraversalSource;
import org.apache.tinkerpop.gremlin.process.traversal.dsl.graph.__;
import org.apache.tinkerpop.gremlin.structure.T;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the graph holds of the ledger's rows, whatever it lies on.
abstract class JanusProjectionContract {

    private static final SpaceId OTHER = new SpaceId("other");
    private static final int WRITERS = 8;
    private static final int ENTITIES = 100;
    private static final int SPOKES = 200;

    private JanusGraphStore store;
    private JanusProjection projection;
    private final RowImages rows = new RowImages();

    abstract JanusGraphStore emptyStore();

    @BeforeEach
    void open() {
        store = emptyStore();
        projection = store.projection();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void isEmptyAndHasNoCheckpointAtFirst() {
        assertThat(projection.checkpoint()).isEmpty();
        assertThat(projection.covers()).isEqualTo(Position.START);
        assertThat(held(RowImages.SPACE)).isEmpty();
    }

    @Test
    void keepsTheCheckpointWithTheBatch() {
        apply(rows.next().entity("a"));

        assertThat(projection.checkpoint()).contains(rows.checkpoint());
        assertThat(projection.covers()).isEqualTo(rows.head());
        assertThat(store.projection().covers()).isEqualTo(rows.head());
    }

    @Test
    void hidesTheCheckpoint() {
        apply(rows.next().entity("a"));

        assertThat(now(g -> g.V().count())).containsExactly(1L);
        assertThat(now(g -> g.V().hasLabel("Checkpoint").count())).containsExactly(0L);
    }

    @Test
    void refusesTheRowsOfAnotherEpoch() {
        apply(rows.next().entity("a"));
        var restored = new Checkpoint(new UUID(1, 2), rows.head());

        assertThatThrownBy(() -> projection.apply(List.of(), restored))
                .isInstanceOf(StoreException.Corrupt.class)
                .hasMessageContaining("rebuild");
    }

    @Test
    void holdsEveryVersionOfEveryFactAndMemory() {
        rows.next();
        var old = rows.fact("a", "magnitude", 6.1);
        var link = rows.link("a", "triggered", "b");
        var memory = rows.memory("m", RowImages.FIRST, "a");
        apply(rows.entity("a"), rows.entity("b"), old, link, memory);
        rows.next();
        var closed = rows.closed(old);
        var current = rows.fact("a", "magnitude", 6.4);
        apply(closed, current);

        assertThat(held(RowImages.SPACE))
                .containsExactlyInAnyOrder(
                        image(closed),
                        image(current),
                        image(link),
                        new HeldRow(memory.id(), 1, Long.MAX_VALUE));
        assertThat(held(OTHER)).isEmpty();
    }

    @Test
    void applyingTwiceOrAnOlderImageAfterANewerChangesNothing() {
        rows.next();
        var literal = rows.fact("a", "magnitude", 6.1);
        var link = rows.link("a", "triggered", "b");
        var memory = rows.memory("m", RowImages.FIRST, "a");
        Row[] first = {rows.entity("a"), rows.type("a", "Earthquake"), literal, link, memory};
        apply(first);
        rows.next();
        Row[] second = {rows.closed(literal), rows.closed(link), rows.type("a", "Explosion")};
        apply(second);
        var before = held(RowImages.SPACE);

        apply(second);
        apply(first);
        apply(second);

        assertThat(held(RowImages.SPACE)).containsExactlyInAnyOrderElementsOf(before);
        assertThat(now(g -> g.V("a").label())).containsExactly("Explosion");
        assertThat(at(1, g -> g.V("a").label())).containsExactly("Earthquake");
        assertThat(now(g -> g.V("m").out("mentions").count())).containsExactly(1L);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void endsTheSameInWhateverOrderAScanHandsOutTheRows(long seed) {
        rows.next();
        var all = new ArrayList<Row>();
        for (int i = 0; i < 20; i++) {
            rows.next();
            all.add(rows.entity("e" + i));
            all.add(rows.type("e" + i, i % 2 == 0 ? "Earthquake" : "Explosion"));
            all.add(rows.fact("e" + i, "magnitude", i / 2.0));
            all.add(rows.link("e" + i, "near", "e" + (i / 2)));
            all.add(rows.memory("m" + i, RowImages.FIRST, "e" + i));
        }
        apply(all.toArray(Row[]::new));
        var straight = describe();
        projection.clear();

        Collections.shuffle(all, new Random(seed));
        for (Row row : all) {
            apply(row);
        }

        assertThat(describe()).isEqualTo(straight);
    }

    @Test
    void clearingLeavesNothingAndCanBeFilledAgain() {
        apply(rows.next().entity("a"), rows.fact("a", "magnitude", 6.1));

        projection.clear();

        assertThat(projection.checkpoint()).isEmpty();
        assertThat(projection.covers()).isEqualTo(Position.START);
        assertThat(now(g -> g.V().count())).containsExactly(0L);
        apply(rows.entity("a"), rows.fact("a", "magnitude", 6.1));
        assertThat(now(g -> g.V().values("magnitude"))).containsExactly(6.1);
    }

    @Test
    void keepsValuesAsTheyWereGiven() {
        rows.next();
        var exact = new java.math.BigDecimal("12345678901234567890.5");
        apply(
                rows.entity("a"),
                rows.fact("a", "depth", 10),
                rows.fact("a", "moment", new Value.Numeric(exact)),
                rows.fact("a", "reviewed", new Value.Flag(true)),
                rows.fact(
                        "a",
                        "updated",
                        new Value.Moment(Instant.parse("2018-02-06T15:50:42.400123Z"))),
                rows.fact(
                        "a",
                        "place",
                        new Value.Geo(new dev.palimpsest.space.GeoPoint(24.1737, 121.653))),
                rows.fact("a", "title", new Value.Text("M 6.4 – Hualian")));

        assertThat(now(g -> g.V("a").values("depth", "moment", "reviewed", "title")))
                .containsExactly(10L, exact, true, "M 6.4 – Hualian");
        assertThat(now(g -> g.V("a").values("updated")))
                .containsExactly(
                        java.sql.Timestamp.from(Instant.parse("2018-02-06T15:50:42.400123Z")));
        assertThat(now(g -> g.V("a").values("place").select("lat"))).containsExactly(24.1737);
    }

    @Test
    void letsSpacesDisagreeAboutWhatAPredicateIs() {
        rows.next();
        apply(
                rows.entity("a"),
                rows.fact("a", "code", 7),
                rows.fact("a", "code", new Value.Text("seven")),
                rows.link("a", "code", "b"),
                rows.fact("a", "version", new Value.Text("v1")),
                rows.fact("a", "label", new Value.Text("L")),
                rows.fact("a", "code__quakes", new Value.Text("other")),
                rows.fact(OTHER, "a", "code", new Value.Text("theirs"), Interval.ALWAYS));

        assertThat(now(g -> g.V("a").values("code"))).containsExactlyInAnyOrder(7L, "seven");
        assertThat(now(g -> g.V("a").out("code").id())).containsExactly("b");
        assertThat(now(g -> g.V("a").values("version"))).containsExactly("v1");
        assertThat(now(g -> g.V("a").values("label"))).containsExactly("L");
        assertThat(now(g -> g.V("a").values("code__quakes"))).containsExactly("other");
        assertThat(now(g -> g.V("a").properties().key().dedup()))
                .containsExactlyInAnyOrder("code", "version", "label", "code__quakes");
        assertThat(in(OTHER, g -> g.V("a").values("code"))).containsExactly("theirs");
    }

    @Test
    void makesAnEntityOnlyOnceHoweverManyThreadsWriteIt() throws Exception {
        rows.next();
        var entities = new ArrayList<Row>();
        for (int i = 0; i < ENTITIES; i++) {
            entities.add(rows.entity("e" + i));
            entities.add(rows.fact("e" + i, "magnitude", i));
        }
        var together = new CountDownLatch(WRITERS);
        try (var threads = Executors.newFixedThreadPool(WRITERS)) {
            var done = new ArrayList<Future<?>>();
            for (int i = 0; i < WRITERS; i++) {
                done.add(
                        threads.submit(() -> {
                            together.countDown();
                            together.await();
                            for (int from = 0; from < entities.size(); from += 20) {
                                projection.apply(
                                        entities.subList(from, from + 20), rows.checkpoint());
                            }
                            return null;
                        }));
            }
            for (Future<?> one : done) {
                one.get();
            }
        }

        assertThat(now(g -> g.V().count())).containsExactly((long) ENTITIES);
        assertThat(now(g -> g.V().values("magnitude").count())).containsExactly((long) ENTITIES);
        assertThat(held(RowImages.SPACE)).hasSize(ENTITIES);
    }

    @Test
    void refusesANodeOfAnotherSpace() {
        apply(rows.next().entity("a"));
        var stray = new Row.OfEntity(OTHER, new EntityId("x"), 1, rows.entity("a").made());

        assertThatThrownBy(() -> apply(stray))
                .isInstanceOf(StoreException.Corrupt.class)
                .hasMessageContaining("another space");
    }

    @ParameterizedTest
    @ValueSource(longs = {1})
    void thePastStandsStillWhileItIsWritten(long seed) throws Exception {
        rows.next();
        var random = new Random(seed);
        var current = new ArrayList<Row.OfFact>();
        var first = new ArrayList<Row>();
        first.add(rows.entity("hub"));
        for (int i = 0; i < SPOKES; i++) {
            first.add(rows.entity("s" + i));
            var link = rows.link("hub", "near", "s" + i);
            var size = rows.fact("hub", "size", i);
            current.add(link);
            current.add(size);
            first.add(link);
            first.add(size);
        }
        apply(first.toArray(Row[]::new));
        var past = rows.head().number();
        var before = at(past, JanusProjectionContract::hub);
        assertThat(before.toString()).contains("s" + (SPOKES - 1) + "]", ", " + (SPOKES - 1) + "]");

        var writing = new AtomicBoolean(true);
        try (var threads = Executors.newFixedThreadPool(3)) {
            var readers = new ArrayList<Future<Integer>>();
            for (int i = 0; i < 3; i++) {
                readers.add(
                        threads.submit(() -> {
                            int asked = 0;
                            while (writing.get()) {
                                assertThat(at(past, JanusProjectionContract::hub))
                                        .isEqualTo(before);
                                asked++;
                            }
                            return asked;
                        }));
            }
            while (!current.isEmpty()) {
                rows.next();
                var batch = new ArrayList<Row>();
                for (int i = 0; i < 4 && !current.isEmpty(); i++) {
                    batch.add(rows.closed(current.remove(random.nextInt(current.size()))));
                    batch.add(rows.link("hub", "near", "s" + random.nextInt(SPOKES)));
                }
                apply(batch.toArray(Row[]::new));
            }
            writing.set(false);
            for (Future<Integer> reader : readers) {
                assertThat(reader.get()).isPositive();
            }
        }
        assertThat(at(past, JanusProjectionContract::hub)).isEqualTo(before);
    }

    private static GraphTraversal<?, ?> hub(GraphTraversalSource g) {
        return g.V("hub")
                .project("near", "size")
                .by(__.out("near").id().fold())
                .by(__.values("size").fold());
    }

    private List<Object> describe() {
        return now(g ->
                g.V()
                        .order()
                        .by("entity")
                        .project("id", "label", "magnitude", "near", "from")
                        .by(T.id)
                        .by(T.label)
                        .by(__.values("magnitude").fold())
                        .by(__.out().id().fold())
                        .by(__.in().id().fold()));
    }

    private void apply(Row... batch) {
        projection.apply(List.of(batch), rows.checkpoint());
    }

    private List<HeldRow> held(SpaceId space) {
        var held = new ArrayList<HeldRow>();
        projection.rows(space, held::add);
        return held;
    }

    private static HeldRow image(Row.OfFact row) {
        var recorded = row.version().recorded();
        return new HeldRow(row.version().id(), recorded.fromPosition(), recorded.untilPosition());
    }

    private List<Object> now(Function<GraphTraversalSource, GraphTraversal<?, ?>> question) {
        return at(rows.head().number(), question);
    }

    private List<Object> at(
            long position, Function<GraphTraversalSource, GraphTraversal<?, ?>> question) {
        return read(GraphView.of(RowImages.SPACE, new Position(position)), question);
    }

    private List<Object> in(
            SpaceId space, Function<GraphTraversalSource, GraphTraversal<?, ?>> question) {
        return read(GraphView.of(space, rows.head()), question);
    }

    private List<Object> read(
            GraphView view, Function<GraphTraversalSource, GraphTraversal<?, ?>> question) {
        return store.read(
                rows,
                view,
                Budget::ample,
                graph -> List.copyOf(question.apply(graph.traversal()).toList()));
    }
}
