package dev.palimpsest.relational;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.RowId;
import dev.palimpsest.model.SourceId;
import dev.palimpsest.model.Value;
import dev.palimpsest.port.Row;
import dev.palimpsest.relational.HandWrittenLedger.Said;
import dev.palimpsest.time.Interval;
import dev.palimpsest.time.Position;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Who asserts a version, as those who follow the ledger are told.
class SupportersTest {

    private static final Said ANN_LEADS =
            new Said(
                    "here",
                    "firm",
                    "ceo",
                    new Value.Entity(new EntityId("ann")),
                    Interval.since(Instant.parse("2010-01-01T00:00:00Z")));
    private static final SourceId US = new SourceId("us");
    private static final SourceId WEB = new SourceId("web");

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
    void givesAVersionAgainWhenAnotherSourceSaysTheSame() throws SQLException {
        rows.next();
        rows.assertion(ANN_LEADS, "us");
        RowId version = rows.version(ANN_LEADS);
        var before = rows.next();
        rows.assertion(ANN_LEADS, "web");
        var facts = since(before);
        assertThat(facts).hasSize(1);
        assertThat(facts.getFirst().version().id()).isEqualTo(version);
        assertThat(facts.getFirst().sources()).containsExactlyInAnyOrder(US, WEB);
    }

    @Test
    void givesAlsoTheVersionsThatAnAssertionSupportsBeyondTheOneMadeWithIt() throws SQLException {
        rows.next();
        rows.assertion(annLeads(2010, 2012), "us");
        var earlier = rows.version(annLeads(2010, 2012));
        var before = rows.next();
        rows.assertion(annLeads(2011, 2014), "web");
        var later = rows.version(annLeads(2012, 2014));

        assertThat(since(before))
                .extracting(row -> row.version().id(), Row.OfFact::sources)
                .containsExactly(tuple(later, Set.of(WEB)), tuple(earlier, Set.of(US, WEB)));
    }

    @Test
    void aVersionThatWasClosedKeepsWhoAssertedItWhileItStood() throws SQLException {
        rows.next();
        var said = rows.assertion(ANN_LEADS, "us");
        var version = rows.version(ANN_LEADS);
        var closing = rows.next();
        rows.close("here", RowKind.ASSERTION, said);
        rows.close("here", RowKind.FACT_VERSION, version);
        rows.next();
        rows.assertion(ANN_LEADS, "web");
        rows.version(ANN_LEADS);

        assertThat(since(closing))
                .extracting(Row.OfFact::sources)
                .containsExactly(Set.of(US), Set.of(WEB));
    }

    @Test
    void givesAVersionThatLiesBetweenTwoMadeWithTheAssertion() throws SQLException {
        rows.next();
        rows.assertion(annLeads(2011, 2012), "us");
        var between = rows.version(annLeads(2011, 2012));
        var position = rows.next();
        rows.assertion(annLeads(2010, 2013), "web");
        rows.version(annLeads(2010, 2011));
        rows.version(annLeads(2012, 2013));

        assertThat(since(position))
                .extracting(row -> row.version().id(), Row.OfFact::sources)
                .contains(tuple(between, Set.of(US, WEB)));
    }

    @Test
    void givesItAlsoToWhoComesInHalfWayThroughWhatOthersHaveRead() throws SQLException {
        rows.next();
        rows.assertion(ANN_LEADS, "us");
        RowId version = rows.version(ANN_LEADS);
        var position = rows.next();
        rows.assertion(ANN_LEADS, "web");
        feed.changesAfter(Position.START, 100);

        assertThat(since(position))
                .extracting(row -> row.version().id(), Row.OfFact::sources)
                .containsExactly(tuple(version, Set.of(US, WEB)));
    }

    @Test
    void whoComesInHalfWayIsToldOfNothingRecordedLaterThanItIsBroughtTo() throws SQLException {
        rows.next();
        var version = rows.version(ANN_LEADS);
        var position = rows.next();
        rows.assertion(ANN_LEADS, "web");
        rows.next();
        rows.version(annLeads(2000, 2001));
        feed.changesAfter(Position.START, 100);

        var batch = feed.changesAfter(new Position(position.number() - 1), 1);
        assertThat(batch.upTo()).isEqualTo(position);
        assertThat(facts(batch.rows()))
                .extracting(row -> row.version().id())
                .containsExactly(version);
    }

    @Test
    void whoIsBehindIsToldOfNothingRecordedLaterThanItIsBroughtTo() throws SQLException {
        var position = rows.next();
        rows.assertion(ANN_LEADS, "us");
        var last = rows.next();
        rows.version(ANN_LEADS);
        feed.changesAfter(new Position(last.number() - 1), 100);

        var batch = feed.changesAfter(new Position(position.number() - 1), 1);
        assertThat(batch.upTo()).isEqualTo(position);
        assertThat(facts(batch.rows())).isEmpty();
    }

    /// The versions told of from this position on.
    private List<Row.OfFact> since(Position position) {
        return facts(feed.changesAfter(new Position(position.number() - 1), 100).rows());
    }

    private static List<Row.OfFact> facts(List<Row> rows) {
        return rows.stream()
                .filter(Row.OfFact.class::isInstance)
                .map(Row.OfFact.class::cast)
                .toList();
    }

    private static Said annLeads(int from, int until) {
        return ANN_LEADS.over(
                Interval.between(
                        Instant.parse(from + "-01-01T00:00:00Z"),
                        Instant.parse(until + "-01-01T00:00:00Z")));
    }
}
