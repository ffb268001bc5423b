package dev.palimpsest.relational;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.Value;
import dev.palimpsest.port.Row;
import dev.palimpsest.relational.HandWrittenLedger.Said;
import dev.palimpsest.time.Interval;
import dev.palimpsest.time.Position;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a projection that is built anew is given.
class PgScanTest {

    private static final Said ANN_LEADS =
            new Said(
                    "here",
                    "firm",
                    "ceo",
                    new Value.Entity(new EntityId("ann")),
                    Interval.since(Instant.parse("2010-01-01T00:00:00Z")));

    private Database database;
    private HandWrittenLedger rows;
    private PgChangeFeed feed;

    @BeforeEach
    void firstPosition() throws SQLException {
        database = TestDatabases.fresh();
        rows = new HandWrittenLedger(database);
        feed = new PgChangeFeed(database.dataSource(), new CommitSignal());
        rows.space("here");
        rows.next();
        rows.source("here", "us");
        rows.predicate("here", "ceo");
        rows.entity("here", "firm");
        rows.entity("here", "ann");
    }

    @AfterEach
    void close() throws SQLException {
        rows.close();
        database.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 1000})
    void scansAllThatItsChangesTellOf(int batchSize) throws SQLException {
        for (int i = 0; i < 5; i++) {
            rows.next();
            rows.entity("here", "e" + i);
            rows.profile("here", "e" + i, "Thing", "E " + i);
            rows.version(ANN_LEADS);
            rows.memory("here", "m-" + i, "us", "ann");
        }
        List<Row> scanned = new ArrayList<>();
        var head =
                feed.scan(
                        batchSize,
                        batch -> {
                            assertThat(batch).hasSizeBetween(1, batchSize);
                            scanned.addAll(batch);
                        });
        assertThat(head).isEqualTo(feed.head());
        assertThat(scanned.getFirst()).isInstanceOf(Row.OfPredicate.class);
        assertThat(scanned)
                .containsExactlyInAnyOrderElementsOf(
                        feed.changesAfter(Position.START, 1000).rows());
    }

    @Test
    void scansTheKindsOfRowsItIsAskedForAlone() throws SQLException {
        rows.next();
        rows.entity("here", "e");
        rows.profile("here", "e", "Thing", "E");
        rows.version(ANN_LEADS);
        rows.memory("here", "m", "us", "ann");
        List<Row> all = new ArrayList<>();
        feed.scan(100, all::addAll);
        for (var kind : Row.KINDS) {
            List<Row> scanned = new ArrayList<>();
            assertThat(feed.scan(Set.of(kind), 100, scanned::addAll)).isEqualTo(feed.head());
            assertThat(scanned)
                    .isNotEmpty()
                    .containsExactlyInAnyOrderElementsOf(
                            all.stream().filter(kind::isInstance).toList());
        }
    }
}
