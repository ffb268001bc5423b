package dev.palimpsest.relational.commit;

import static dev.palimpsest.relational.commit.OpenLedger.says;
import static dev.palimpsest.relational.commit.OpenLedger.since;
import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.port.WriteItem;
import dev.palimpsest.relational.CommitSignal;
import dev.palimpsest.relational.FreshStatistics;
import dev.palimpsest.relational.PgLedger;
import dev.palimpsest.time.Position;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FreshStatisticsTest {

    private static final int FACTS = 600;
    private static final Duration LONGEST = Duration.ofSeconds(30);

    /// What PostgreSQL believes of the table of assertions; -1 if it never looked.
    private static final String ROWS =
            "select reltuples::bigint from pg_class where oid = 'assertion_p0'::regclass";

    @Test
    void postgresKnowsHowManyRowsThereAreSoonAfterTheFirstHundreds() throws InterruptedException {
        var signal = new CommitSignal();
        try (var ledger = new OpenLedger();
                var _ =
                        FreshStatistics.start(
                                ledger.database.dataSource(), signal, Position.START)) {
            ledger.execute("truncate assertion_p0");
            ledger.execute("alter table assertion_p0 set (autovacuum_enabled = false)");
            var items = new WriteItem[FACTS];
            for (int i = 0; i < FACTS; i++) {
                items[i] = says("s" + i, "level", "L", since(2020), "us");
            }
            ledger.request(false, items);
            var head = new PgLedger(ledger.database.dataSource()).head().position();
            assertThat(Long.parseLong(ledger.row(ROWS))).isLessThan(FACTS);
            signal.committed(head);
            long deadline = System.nanoTime() + LONGEST.toNanos();
            while (Long.parseLong(ledger.row(ROWS)) < FACTS) {
                assertThat(System.nanoTime()).isLessThan(deadline);
                Thread.sleep(20);
            }
        }
    }

    @Test
    void aLedgerThatIsLargeAlreadyIsLeftToAutovacuum() throws InterruptedException {
        try (var ledger = new OpenLedger();
                var statistics =
                        FreshStatistics.start(
                                ledger.database.dataSource(),
                                new CommitSignal(),
                                new Position(1_000_000))) {
            assertThat(statistics.hasEnded(LONGEST)).isTrue();
        }
    }
}
