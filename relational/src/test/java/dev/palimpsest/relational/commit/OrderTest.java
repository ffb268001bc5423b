package dev.palimpsest.relational.commit;

import static dev.palimpsest.relational.commit.OpenLedger.SPACE;
import static dev.palimpsest.relational.commit.OpenLedger.says;
import static dev.palimpsest.relational.commit.OpenLedger.since;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palimpsest.model.Predicate;
import dev.palimpsest.model.PredicateName;
import dev.palimpsest.model.Space;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.StoreException;
import dev.palimpsest.port.WriteItem;
import dev.palimpsest.port.WriteItem.Action;
import dev.palimpsest.port.WriteRequest;
import dev.palimpsest.port.WriteResult.Outcome;
import dev.palimpsest.port.WriteResult.Refusal.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Positions and recorded times.
class OrderTest {

    private final OpenLedger ledger = new OpenLedger();

    @AfterEach
    void close() {
        Invariants.hold(ledger);
        ledger.close();
    }

    private static WriteItem at(String recorded, String subject, String object) {
        return new WriteItem(
                says(subject, "maker", object, since(2010), "us").action(),
                Optional.of(Instant.parse(recorded)));
    }

    private Instant recorded(Outcome outcome) {
        return ((Outcome.Written) outcome).stamp().at();
    }

    private static Reason reasonOf(Outcome outcome) {
        return ((Outcome.Refused) outcome).refusal().reason();
    }

    @Test
    void recordedTimesRiseThoughTheClockGoesBack() {
        var before = recorded(ledger.write(says("acme", "maker", "Ann", since(2010), "us")));
        ledger.clock.move(Duration.ofHours(-1));
        var after = recorded(ledger.write(says("acme", "maker", "Bob", since(2010), "us")));
        ledger.restart();
        var restarted = recorded(ledger.write(says("acme", "maker", "Cat", since(2010), "us")));

        assertThat(after).isEqualTo(before.plusNanos(1_000));
        assertThat(restarted).isEqualTo(after.plusNanos(1_000));
    }

    @Test
    void numbersGoOnAfterARestart() {
        ledger.write(says("acme", "maker", "Ann", since(2010), "us"));
        ledger.restart();
        var outcome = ledger.write(says("bolt", "made", "Bob", since(2010), "web"));

        assertThat(ledger.positionOf(outcome)).isEqualTo(2);
        assertThat(ledger.rows("select id, node from entity order by node"))
                .containsExactly("acme|1", "bolt|2");
    }

    @Test
    void sixteenWritersAtOnceGetDensePositionsAndOneBeliefPerMoment() throws Exception {
        ledger.registerFunctional("ceo");
        try (var writers = Executors.newFixedThreadPool(16)) {
            var done =
                    IntStream.range(0, 16)
                            .mapToObj(writer ->
                                    writers.submit(() -> writeMany(new SplittableRandom(writer))))
                            .toList();
            for (var one : done) {
                one.get();
            }
        }

        assertThat(
                        ledger.rows(
                                """
                                select a.id from fact_version a join fact_version b
                                on a.subject = b.subject and a.id <> b.id
                                   and a.valid_from < b.valid_until
                                   and b.valid_from < a.valid_until
                                   and a.from_position < b.until_position
                                   and b.from_position < a.until_position
                                """))
                .isEmpty();
        assertThat(ledger.row("select count(*) > 100 from fact_version")).isEqualTo("t");
    }

    private void writeMany(SplittableRandom random) {
        for (int i = 0; i < 40; i++) {
            int from = random.nextInt(2000, 2020);
            ledger.write(
                    says(
                            "s" + random.nextInt(5),
                            "ceo",
                            "p" + random.nextInt(4),
                            OpenLedger.years(from, random.nextInt(from + 1, 2022)),
                            "w" + random.nextInt(16)));
        }
    }

    @Test
    void anImportKeepsItsRecordedTimesAndWhatIsWrittenAfterItComesAfterIt() {
        var first = ledger.write(at("2018-02-06T16:02:00Z", "q1", "Ann"));
        var second = ledger.write(at("2018-02-06T17:30:00.000001Z", "q1", "Bob"));
        var now = ledger.write(says("q1", "maker", "Cat", since(2010), "us"));

        assertThat(recorded(first)).isEqualTo(Instant.parse("2018-02-06T16:02:00Z"));
        assertThat(recorded(second)).isEqualTo(Instant.parse("2018-02-06T17:30:00.000001Z"));
        assertThat(recorded(now)).isEqualTo(ledger.clock.instant());
        assertThat(ledger.positionOf(now)).isEqualTo(3);
    }

    @Test
    void aTieOrASmallStepBackIsLiftedAndALargeOneRefused() {
        ledger.write(at("2018-02-06T16:02:00Z", "q1", "Ann"));

        assertThat(recorded(ledger.write(at("2018-02-06T16:02:00Z", "q1", "Bob"))))
                .isEqualTo(Instant.parse("2018-02-06T16:02:00.000001Z"));
        assertThat(recorded(ledger.write(at("2018-02-06T16:01:59.5Z", "q1", "Cat"))))
                .isEqualTo(Instant.parse("2018-02-06T16:02:00.000002Z"));
        assertThat(reasonOf(ledger.write(at("2018-02-06T16:01:58Z", "q1", "Dan"))))
                .isEqualTo(Reason.CONFLICT);
        assertThat(reasonOf(ledger.write(at("2026-03-01T12:00:00.000001Z", "q1", "Dan"))))
                .isEqualTo(Reason.INVALID);
    }

    @Test
    void anImportCanBeRunAgain() {
        ledger.write(at("2018-02-06T16:02:00Z", "q1", "Ann"));
        ledger.write(at("2018-02-07T16:02:00Z", "q2", "Ann"));
        ledger.restart();

        assertThat(ledger.write(at("2018-02-06T16:02:00Z", "q1", "Ann")))
                .isInstanceOf(Outcome.Unchanged.class);
    }

    @Test
    void recordedTimesOfOneSpaceDoNotStandInTheWayOfAnother() {
        ledger.write(says("acme", "maker", "Ann", since(2010), "us"));
        var other = new SpaceId("other");
        ledger.recorder.makeSpace(new Space(other, false));
        var item = at("2018-02-06T16:02:00Z", "q1", "Ann");
        var result =
                ledger.recorder
                        .record(new WriteRequest(other, List.of(item), false, Optional.empty()))
                        .join();

        assertThat(recorded(result.outcomes().getFirst())).isEqualTo(item.recorded().get());
        assertThat(SPACE).isNotEqualTo(other);
    }

    @Test
    void definitionsDoNotStandInTheWayOfAnImport() {
        ledger.registerFunctional("ceo");
        ledger.write(at("2018-02-06T16:02:00Z", "q1", "Ann"));
        ledger.restart();
        ledger.write(new Action.RegisterPredicate(Predicate.plain(new PredicateName("mentioned"))));

        assertThat(ledger.write(at("2018-02-06T16:03:00Z", "q1", "Bob")))
                .isInstanceOf(Outcome.Written.class);
    }

    @Test
    void onlyOneRecorderWritesToALedger() {
        assertThatThrownBy(
                        () -> PgRecorder.open(ledger.database.dataSource(), ledger.clock, _ -> {}))
                .isInstanceOf(StoreException.Unavailable.class)
                .hasMessageContaining("another process writes to partition 0");
    }

    @Test
    void aLostConnectionIsMadeAgain() throws InterruptedException {
        ledger.write(says("acme", "maker", "Ann", since(2010), "us"));
        ledger.execute(
                """
                select pg_terminate_backend(pid) from pg_locks
                where locktype = 'advisory' and objid = 0 and database =
                    (select oid from pg_database where datname = current_database())
                """);
        Outcome outcome = null;
        for (int i = 0; i < 50 && outcome == null; i++) {
            try {
                outcome = ledger.write(says("bolt", "maker", "Bob", since(2010), "us"));
            } catch (java.util.concurrent.CompletionException e) {
                assertThat(e).hasCauseInstanceOf(StoreException.Unavailable.class);
                Thread.sleep(100);
            }
        }

        assertThat(outcome).isInstanceOf(Outcome.Written.class);
        assertThat(ledger.rows("select id from entity order by id"))
                .containsExactly("acme", "bolt");
    }

    @Test
    void partitionsLieThreeAhead() {
        ledger.write(says("acme", "maker", "Ann", since(2010), "us"));

        assertThat(ledger.rows("select to_regclass('change_p3'), to_regclass('assertion_p3')"))
                .containsExactly("change_p3|assertion_p3");
    }
}
