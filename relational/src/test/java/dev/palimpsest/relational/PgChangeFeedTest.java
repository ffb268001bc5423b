package dev.palimpsest.relational;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.RowId;
import dev.palimpsest.model.Value;
import dev.palimpsest.port.ChangeFeed.Batch;
import dev.palimpsest.port.Row;
import dev.palimpsest.relational.HandWrittenLedger.Said;
import dev.palimpsest.time.Interval;
import dev.palimpsest.time.Position;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PgChangeFeedTest {

    private static final Said ANN_LEADS =
            new Said(
                    "here",
                    "firm",
                    "ceo",
                    new Value.Entity(new EntityId("ann")),
                    Interval.since(Instant.parse("2010-01-01T00:00:00Z")));
    private static final Duration LONG = Duration.ofSeconds(20);

    private final CommitSignal signal = new CommitSignal();
    private Database database;
    private HandWrittenLedger rows;
    private PgChangeFeed feed;

    @BeforeEach
    void firstPosition() throws SQLException {
        database = TestDatabases.fresh();
        rows = new HandWrittenLedger(database);
        feed = new PgChangeFeed(database.dataSource(), signal);
        rows.space("here");
        rows.next();
        rows.source("here", "us");
        rows.source("here", "web");
        rows.predicate("here", "ceo");
        rows.entity("here", "firm");
        rows.entity("here", "ann");
    }

    @AfterEach
    void close() throws SQLException {
        rows.close();
        database.close();
    }

    @Test
    void whatIsCommittedHereIsToldWithoutAskingTheDatabaseEachTime() {
        var asked = new AtomicInteger();
        var here = counting(asked);
        long begin = System.nanoTime();
        for (int position = 2; position <= 1_000; position++) {
            signal.committed(new Position(position));
            assertThat(here.head()).isEqualTo(new Position(position));
            assertThat(here.epoch()).isEqualTo(feed.epoch());
        }
        var took = Duration.ofNanos(System.nanoTime() - begin);

        assertThat(asked.get())
                .as("questions in %s", took)
                .isBetween(1, (int) took.dividedBy(PgChangeFeed.LONGEST_SILENCE) + 2);
    }

    @Test
    void whatOneFollowerHasReadIsGivenToTheOthersWithoutReadingItAgain() throws SQLException {
        rows.next();
        rows.assertion(ANN_LEADS, "us");
        rows.version(ANN_LEADS);
        signal.committed(feed.head());
        var asked = new AtomicInteger();
        var here = counting(asked);
        var first = here.changesAfter(Position.START, 100);
        int before = asked.get();

        for (int follower = 0; follower < 50; follower++) {
            assertThat(here.changesAfter(Position.START, 100)).isEqualTo(first);
        }

        // The epoch is asked for now and then.
        assertThat(asked.get() - before).isLessThan(20);
    }

    @Test
    void whoComesInHalfWayIsGivenOfWhatStandsOnlyThatOfWhichSomethingWasSaidSince()
            throws SQLException {
        var quiet = annLeadsIn(1);
        var saidAgain = annLeadsIn(2);
        rows.next();
        rows.assertion(quiet, "us");
        rows.version(quiet);
        var halfWay = rows.next();
        rows.assertion(saidAgain, "us");
        var standing = rows.version(saidAgain);
        rows.next();
        rows.assertion(saidAgain, "web");
        var later = annLeadsIn(3);
        rows.assertion(later, "us");
        var made = rows.version(later);
        feed.changesAfter(Position.START, 100);

        assertThat(facts(feed.changesAfter(halfWay, 100).rows()))
                .extracting(fact -> fact.version().id())
                .containsExactlyInAnyOrder(standing, made);
    }

    /// At whatever positions they stand and however many they take at once.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void followersThatShareWhatIsReadComeToWhatEachWouldByItself(long seed) throws SQLException {
        var random = new Random(seed);
        var positions = new ArrayList<>(Collections.nCopies(4, Position.START));
        var held = new ArrayList<Map<Object, Row>>();
        positions.forEach(_ -> held.add(new HashMap<>()));
        List<RowId> open = new ArrayList<>();
        for (int step = 0; step < 60; step++) {
            rows.next();
            touchSomething(random, step, open);
            int follower = random.nextInt(positions.size());
            for (int batches = random.nextInt(4); batches > 0; batches--) {
                take(feed, 1 + random.nextInt(12), follower, positions, held);
            }
        }
        for (int follower = 0; follower < positions.size(); follower++) {
            while (positions.get(follower).isBefore(feed.head())) {
                take(feed, 7, follower, positions, held);
            }
        }
        var alone = new HashMap<Object, Row>();
        new PgChangeFeed(database.dataSource(), signal)
                .changesAfter(Position.START, 100_000)
                .rows()
                .forEach(row -> alone.put(name(row), row));
        assertThat(held).allSatisfy(rows -> assertThat(rows).isEqualTo(alone));
    }

    private void touchSomething(Random random, int step, List<RowId> open) throws SQLException {
        switch (open.isEmpty() ? 0 : random.nextInt(4)) {
            case 0 -> open.add(rows.version(annLeadsIn(step)));
            case 1 ->
                    rows.assertion(
                            random.nextBoolean() ? ANN_LEADS : annLeadsIn(random.nextInt(step + 1)),
                            random.nextBoolean() ? "us" : "web");
            case 2 ->
                    rows.close(
                            "here", RowKind.FACT_VERSION, open.remove(random.nextInt(open.size())));
            default -> {
                rows.entity("here", "e-" + step);
                rows.memory("here", "m-" + step, "us", "ann");
            }
        }
    }

    /// In a year of its own: of what is believed of a fact no two versions overlap.
    private static Said annLeadsIn(int year) {
        return ANN_LEADS.over(
                Interval.between(
                        Instant.parse(2010 + year + "-01-01T00:00:00Z"),
                        Instant.parse(2011 + year + "-01-01T00:00:00Z")));
    }

    private static void take(
            PgChangeFeed from,
            int limit,
            int follower,
            List<Position> positions,
            List<Map<Object, Row>> held) {
        var batch = from.changesAfter(positions.get(follower), limit);
        positions.set(follower, batch.upTo());
        assertThat(facts(batch.rows()))
                .allSatisfy(fact ->
                        assertThat(fact.version().recorded().fromPosition())
                                .isLessThanOrEqualTo(batch.upTo().number()));
        batch.rows().forEach(row -> held.get(follower).put(name(row), row));
    }

    private static Object name(Row row) {
        return switch (row) {
            case Row.OfEntity entity -> entity.node();
            case Row.OfPredicate predicate -> predicate.predicate().name();
            case Row.OfFact fact -> fact.version().id();
            case Row.OfProfile profile -> profile.profile().id();
            case Row.OfMemory memory -> memory.id();
        };
    }

    private PgChangeFeed counting(AtomicInteger asked) {
        return new PgChangeFeed(source(asked::incrementAndGet), signal);
    }

    @Test
    void whileTheDatabaseIsSlowOneAsksItForItsHeadAndTheOthersDoNotWait() throws Exception {
        var isSlow = new AtomicBoolean();
        var answers = new CountDownLatch(1);
        var asked = new AtomicInteger();
        var here =
                new PgChangeFeed(
                        source(() -> {
                            int count = asked.incrementAndGet();
                            if (isSlow.get()) {
                                answers.await();
                            }
                            return count;
                        }),
                        signal);
        signal.committed(new Position(2));
        assertThat(here.head()).isEqualTo(new Position(2));
        isSlow.set(true);
        Thread.sleep(PgChangeFeed.LONGEST_SILENCE.plusMillis(50));
        int before = asked.get();

        var asking = CompletableFuture.supplyAsync(here::head);
        while (asked.get() == before) {
            Thread.onSpinWait();
        }
        signal.committed(new Position(7));
        for (int i = 0; i < 100; i++) {
            assertThat(here.head()).isEqualTo(new Position(7));
        }
        answers.countDown();

        assertThat(asking.get(10, TimeUnit.SECONDS)).isEqualTo(new Position(2));
        assertThat(asked.get() - before).isEqualTo(1);
    }

    /// The database of this test, to which something is done first each time.
    private DataSource source(Callable<?> first) {
        return (DataSource)
                Proxy.newProxyInstance(
                        getClass().getClassLoader(),
                        new Class<?>[] {DataSource.class},
                        (_, method, given) -> {
                            first.call();
                            return method.invoke(database.dataSource(), given);
                        });
    }

    @Test
    void anotherWhoCommitsInOurPlaceIsNoticed() throws Exception {
        signal.committed(feed.head());
        var before = feed.head();
        rows.next();
        rows.entity("here", "bob");

        assertThat(feed.awaitBeyond(before, LONG)).isEqualTo(new Position(before.number() + 1));
    }

    @Test
    void givesEveryKindOfRowInTheOrderItWasTouched() throws SQLException {
        rows.next();
        rows.profile("here", "ann", "Person", "Ann");
        rows.assertion(ANN_LEADS, "us");
        rows.version(ANN_LEADS);
        rows.memory("here", "m-1", "us", "ann");
        var batch = feed.changesAfter(Position.START, 100);
        assertThat(batch.upTo()).isEqualTo(feed.head());
        assertThat(batch.rows())
                .extracting(row -> row.getClass().getSimpleName())
                .containsExactly(
                        "OfPredicate", "OfEntity", "OfEntity", "OfProfile", "OfFact", "OfMemory");
        assertThat(feed.changesAfter(feed.head(), 100))
                .isEqualTo(new Batch(feed.head(), List.of(), List.of()));
    }

    @Test
    void givesTheNewestImageOfARowOnceHoweverOftenItWasTouched() throws SQLException {
        rows.next();
        var id = rows.version(ANN_LEADS);
        var closing = rows.next();
        rows.close("here", RowKind.FACT_VERSION, id);
        var facts = facts(feed.changesAfter(Position.START, 100).rows());
        assertThat(facts).hasSize(1);
        assertThat(facts.getFirst().version().recorded().untilPosition())
                .isEqualTo(closing.number());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 5, 6, 7, 11, 12})
    void cutsBatchesBetweenPositionsOnly(int limit) throws SQLException {
        for (int position = 0; position < 4; position++) {
            rows.next();
            for (int i = 0; i < 3; i++) {
                rows.entity("here", "e" + position + i);
            }
        }
        List<Row> all = new ArrayList<>();
        var after = Position.START;
        for (var batch = feed.changesAfter(after, limit);
                !batch.upTo().equals(after);
                batch = feed.changesAfter(after, limit)) {
            long from = after.number();
            long upTo = batch.upTo().number();
            assertThat(batch.rows()).isNotEmpty();
            assertThat(entities(batch.rows()))
                    .allSatisfy(entity ->
                            assertThat(entity.made().position().number())
                                    .isGreaterThan(from)
                                    .isLessThanOrEqualTo(upTo));
            all.addAll(batch.rows());
            after = batch.upTo();
        }
        assertThat(after).isEqualTo(feed.head());
        assertThat(entities(all)).hasSize(14).doesNotHaveDuplicates();
    }

    @Test
    void seesNothingBeyondItsHead() throws SQLException {
        var head = feed.head();
        try (var connection = database.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            Sql.update(
                    connection,
                    "insert into change select position + 1, ordinal, space, recorded, kind,"
                            + " row_id, row_position from change");
            assertThat(feed.changesAfter(head, 100).rows()).isEmpty();
            connection.commit();
        }
        assertThat(feed.changesAfter(head, 100)).isEqualTo(new Batch(head, List.of(), List.of()));
    }

    @Test
    void wakesAtTheCommitOfThisProcess() throws Exception {
        var head = feed.head();
        var waiting = CompletableFuture.supplyAsync(() -> await(head, LONG));
        var next = rows.next();
        signal.committed(next);
        assertThat(waiting.get(10, TimeUnit.SECONDS)).isEqualTo(next);
    }

    @Test
    void wakesAtTheCommitOfAnotherProcess() throws Exception {
        var head = feed.head();
        var waiting = CompletableFuture.supplyAsync(() -> await(head, LONG));
        var next = rows.next();
        assertThat(waiting.get(10, TimeUnit.SECONDS)).isEqualTo(next);
    }

    @Test
    void waitsNoLongerThanItIsTold() throws InterruptedException {
        var head = feed.head();
        long begin = System.nanoTime();
        assertThat(feed.awaitBeyond(head, Duration.ofMillis(300))).isEqualTo(head);
        assertThat(System.nanoTime() - begin).isGreaterThan(Duration.ofMillis(290).toNanos());
    }

    private Position await(Position after, Duration atMost) {
        try {
            return feed.awaitBeyond(after, atMost);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static List<Row.OfFact> facts(List<Row> rows) {
        return of(Row.OfFact.class, rows);
    }

    private static List<Row.OfEntity> entities(List<Row> rows) {
        return of(Row.OfEntity.class, rows);
    }

    private static <T extends Row> List<T> of(Class<T> kind, List<Row> rows) {
        return rows.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
