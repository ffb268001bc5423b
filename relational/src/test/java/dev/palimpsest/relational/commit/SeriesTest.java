package dev.palimpsest.relational.commit;

import static dev.palimpsest.relational.commit.OpenLedger.SPACE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.belief.LastSaid;
import dev.palimpsest.model.Value;
import dev.palimpsest.port.WriteItem;
import dev.palimpsest.port.WriteItem.Action;
import dev.palimpsest.port.WriteItem.Retraction;
import dev.palimpsest.port.WriteRequest;
import dev.palimpsest.port.WriteResult;
import dev.palimpsest.time.Interval;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Long series of one functional predicate of one subject: read and derived only where a write
/// touches them, and yet what is believed is what all that is said comes to.
class SeriesTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final OpenLedger ledger = new OpenLedger();

    @BeforeEach
    void register() {
        ledger.registerFunctional("level");
    }

    @AfterEach
    void close() {
        Invariants.hold(ledger);
        ledger.close();
    }

    private static Instant minute(int number) {
        return START.plus(Duration.ofMinutes(number));
    }

    private static WriteItem says(int level, Interval valid, String source) {
        return OpenLedger.says("gauge", "level", "L" + level, valid, source);
    }

    private CompletableFuture<WriteResult> send(WriteItem... items) {
        return ledger.recorder.record(
                new WriteRequest(SPACE, List.of(items), false, Optional.empty()));
    }

    /// What is believed of the gauge equals what the rule makes of all that is said of it.
    private void requireBeliefsToFollow(String when) throws SQLException {
        try (var connection = ledger.database.dataSource().getConnection()) {
            int predicate = Integer.parseInt(ledger.row("select no from predicate"));
            var topic = new Topic.OfSubject(1, predicate);
            var rows =
                    new RowReader(connection)
                            .topics(Map.of(topic, Window.ALL))
                            .getOrDefault(topic, TopicRows.NONE);
            var claims = rows.said().stream().map(row -> row.content().claim()).toList();
            assertThat(rows.believed().stream().map(VersionRow::belief))
                    .as(when)
                    .containsExactlyInAnyOrderElementsOf(LastSaid.of(true, claims));
        }
    }

    @Test
    void eachReadingEndsTheOneBeforeIt() throws SQLException {
        List<CompletableFuture<WriteResult>> sent = new ArrayList<>();
        for (int i = 0; i < 1_500; i++) {
            sent.add(send(says(i % 7, Interval.since(minute(i)), "sensor")));
        }
        sent.forEach(CompletableFuture::join);
        ledger.restart();
        send(says(9, Interval.between(minute(700), minute(710)), "sensor")).join();

        requireBeliefsToFollow("after 1,501 readings");
        assertThat(
                        ledger.row(
                                """
                                select count(*) from fact_version
                                where until_position = 9223372036854775807
                                """))
                .isEqualTo("1491");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13})
    void beliefsFollowWhateverIsSaidAndTakenBackAndHoweverItEnds(long seed) throws SQLException {
        var random = new SplittableRandom(seed);
        for (int phase = 0; phase < 6; phase++) {
            List<CompletableFuture<WriteResult>> sent = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                sent.add(send(randomItem(random, phase % 2 == 0)));
            }
            sent.forEach(CompletableFuture::join);
            requireBeliefsToFollow("seed " + seed + " phase " + phase);
            ledger.restart();
        }
    }

    private static WriteItem randomItem(SplittableRandom random, boolean unknownEnds) {
        int from = random.nextInt(100);
        int until = random.nextInt(from + 1, 102);
        var valid =
                switch (random.nextInt(unknownEnds ? 8 : 6)) {
                    case 0 -> Interval.since(minute(from));
                    case 6 -> new Interval(minute(from), unknown(Optional.empty()));
                    case 7 -> new Interval(minute(from), unknown(Optional.of(minute(until))));
                    default -> Interval.between(minute(from), minute(Math.min(until, from + 9)));
                };
        int level = random.nextInt(4);
        if (random.nextInt(4) > 0) {
            return says(level, valid, "s" + random.nextInt(3));
        }
        var fact = OpenLedger.fact("gauge", "level", "L" + level);
        var portion = random.nextInt(5) == 0 ? Optional.<Interval>empty() : Optional.of(valid);
        var retraction = new Retraction(fact, portion, Optional.empty(), "misread");
        return WriteItem.now(
                random.nextBoolean()
                        ? new Action.RetractFact(retraction)
                        : new Action.CorrectFact(
                                retraction,
                                OpenLedger.statement(
                                        "gauge",
                                        "level",
                                        new Value.Text("L" + random.nextInt(4)),
                                        valid,
                                        "s0")));
    }

    private static Interval.End unknown(Optional<Instant> latest) {
        return new Interval.End.Unknown(latest);
    }
}
