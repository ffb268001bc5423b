package dev.palimpsest.relational.commit;

import static dev.palimpsest.relational.commit.OpenLedger.SPACE;
import static dev.palimpsest.relational.commit.OpenLedger.says;
import static dev.palimpsest.relational.commit.OpenLedger.since;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palimpsest.port.StoreException;
import dev.palimpsest.port.WriteRequest;
import dev.palimpsest.port.WriteRequest.IdempotencyKey;
import dev.palimpsest.port.WriteResult;
import dev.palimpsest.port.WriteResult.Outcome;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What happens when the ledger cannot be written for a while, or everybody writes at once.
class TroubleTest {

    private final OpenLedger ledger = new OpenLedger();

    @AfterEach
    void close() {
        Invariants.hold(ledger);
        ledger.close();
    }

    private CompletableFuture<WriteResult> send(int number) {
        var item = says("s" + number, "maker", "Ann", since(2010), "us");
        return ledger.recorder.record(
                new WriteRequest(SPACE, List.of(item), false, Optional.empty()));
    }

    private String heldEntities() {
        return ledger.row("select count(*) from entity");
    }

    @Test
    void aFullDiskIsToldInClearWordsAndWritingGoesOnAfterwards() {
        ledger.write(says("acme", "maker", "Ann", since(2010), "us"));
        ledger.execute(
                """
                create function fail_full() returns trigger language plpgsql as
                    $$ begin raise 'no space left on device' using errcode = '53100'; end $$;
                create trigger full_disk before insert on change
                    for each row execute function fail_full();
                """);
        try {
            for (var one : List.of(send(1), send(2), send(3))) {
                assertThatThrownBy(one::join)
                        .hasCauseInstanceOf(StoreException.Unavailable.class)
                        .hasMessageContaining("the disk of the ledger is full");
            }
        } finally {
            ledger.execute("drop function fail_full cascade");
        }

        assertThat(ledger.positionOf(send(1).join().outcomes().getFirst())).isEqualTo(2);
        assertThat(heldEntities()).isEqualTo("2");
    }

    /// Raised for a row, but not about it: a server that only reads, and one that finds its own
    /// files damaged.
    @ParameterizedTest
    @CsvSource({"25006, cannot write now", "42501, cannot write now", "XX001, damaged"})
    void whatIsNotTheFaultOfARowIsNotToldItsWriter(String state, String words) {
        ledger.execute(
                """
                create function fail_here() returns trigger language plpgsql as
                    $$ begin raise 'not now' using errcode = '%s'; end $$;
                create trigger fail before insert on change
                    for each row execute function fail_here();
                """
                        .formatted(state));
        try {
            for (var one : List.of(send(1), send(2))) {
                assertThatThrownBy(one::join)
                        .hasCauseInstanceOf(StoreException.class)
                        .hasMessageContaining(words);
            }
        } finally {
            ledger.execute("drop function fail_here cascade");
        }

        assertThat(ledger.positionOf(send(1).join().outcomes().getFirst())).isEqualTo(1);
    }

    @Test
    void aFullQueueSaysToTryAgainAndLosesNothingThatItTook() throws SQLException {
        List<CompletableFuture<WriteResult>> sent = new ArrayList<>();
        try (var connection = ledger.database.dataSource().getConnection();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("lock table change in access exclusive mode");
            int more = Limits.MOST_REQUESTS_WAITING + Limits.MOST_ITEMS_PER_BATCH + 100;
            for (int i = 0; i < more; i++) {
                sent.add(send(i));
            }
            connection.rollback();
            connection.setAutoCommit(true);
        }
        int written = 0;
        int turnedAway = 0;
        for (var one : sent) {
            try {
                assertThat(one.join().outcomes()).hasOnlyElementsOfType(Outcome.Written.class);
                written++;
            } catch (CompletionException e) {
                assertThat(e).hasCauseInstanceOf(StoreException.Overloaded.class);
                turnedAway++;
            }
        }

        assertThat(turnedAway).isGreaterThanOrEqualTo(100);
        assertThat(heldEntities()).isEqualTo(String.valueOf(written));
    }

    @Test
    void closingFinishesWhatWaitsAndTakesNothingMore() {
        List<CompletableFuture<WriteResult>> sent = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            sent.add(send(i));
        }
        ledger.recorder.close();

        assertThat(sent).allMatch(CompletableFuture::isDone);
        assertThat(heldEntities()).isEqualTo("500");
        assertThatThrownBy(() -> send(0).join())
                .hasCauseInstanceOf(StoreException.Unavailable.class);
    }

    @Test
    void aKeyThatIsNoKeyIsRefusedAtTheDoor() {
        for (String key : List.of("", "nul \0", "half \ud83d", "k".repeat(256))) {
            var request =
                    new WriteRequest(
                            SPACE,
                            List.of(says("acme", "maker", "Ann", since(2010), "us")),
                            false,
                            Optional.of(new IdempotencyKey(key, "aa")));
            assertThatThrownBy(() -> ledger.recorder.record(request))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
