package dev.palimpsest.relational;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palimpsest.model.Assertion;
import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.EntityProfile;
import dev.palimpsest.model.EntityType;
import dev.palimpsest.model.FactVersion;
import dev.palimpsest.model.MemoryId;
import dev.palimpsest.model.PredicateName;
import dev.palimpsest.model.RowId;
import dev.palimpsest.model.SourceId;
import dev.palimpsest.model.Space;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.model.Value;
import dev.palimpsest.port.Ledger.EntityFilter;
import dev.palimpsest.port.Ledger.PageRequest;
import dev.palimpsest.port.Row;
import dev.palimpsest.port.StoreException;
import dev.palimpsest.relational.HandWrittenLedger.Said;
import dev.palimpsest.time.Interval;
import dev.palimpsest.time.Position;
import dev.palimpsest.time.Recorded;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PgLedgerTest {

    private static final SpaceId HERE = new SpaceId("here");
    private static final SpaceId THERE = new SpaceId("there");
    private static final EntityId ANN = new EntityId("ann");
    private static final EntityId FIRM = new EntityId("firm");
    private static final PageRequest ALL = PageRequest.first(100);
    private static final Instant Y2010 = Instant.parse("2010-01-01T00:00:00Z");
    private static final Instant Y2015 = Instant.parse("2015-01-01T00:00:00Z");
    private static final Instant Y2020 = Instant.parse("2020-01-01T00:00:00Z");
    private static final Said ANN_LEADS =
            new Said("here", "firm", "ceo", new Value.Entity(ANN), Interval.since(Y2010));

    private Database database;
    private HandWrittenLedger rows;
    private PgLedger ledger;

    @BeforeEach
    void twoSpacesWithTheSameNames() throws SQLException {
        database = TestDatabases.fresh();
        rows = new HandWrittenLedger(database);
        ledger = new PgLedger(database.dataSource());
        for (String space : List.of("here", "there")) {
            rows.space(space);
            rows.next();
            rows.source(space, "us");
            rows.source(space, "web");
            rows.predicate(space, "ceo");
            rows.predicate(space, "name");
            rows.entity(space, "firm");
            rows.entity(space, "ann");
        }
    }

    @AfterEach
    void close() throws SQLException {
        rows.close();
        database.close();
    }

    @Test
    void itsHeadIsTheLastPosition() throws SQLException {
        var last = rows.next();
        assertThat(ledger.head().position()).isEqualTo(last);
        assertThat(ledger.head().epoch()).isEqualTo(ledger.head().epoch());
    }

    @Test
    void listsSpacesPredicatesAndSources() {
        assertThat(ledger.spaces())
                .containsExactly(new Space(HERE, false), new Space(THERE, false));
        assertThat(ledger.space(new SpaceId("nowhere"))).isEmpty();
        assertThat(ledger.predicates(HERE))
                .extracting(predicate -> predicate.name().value())
                .containsExactly("ceo", "name");
        assertThat(ledger.sources(HERE))
                .extracting(source -> source.id().value())
                .containsExactly("us", "web");
    }

    @Test
    void aMomentIsThePositionOfTheLastWriteNotAfterIt() throws SQLException {
        var first = rows.next();
        rows.entity("here", "bob");
        rows.next();
        rows.entity("there", "bob");
        Instant recorded = HandWrittenLedger.stampOf(first.number()).at();
        assertThat(ledger.positionAt(HERE, recorded)).isEqualTo(first);
        assertThat(ledger.positionAt(HERE, recorded.plusSeconds(9))).isEqualTo(first);
        assertThat(ledger.positionAt(HERE, recorded.minusNanos(1_000))).isEqualTo(new Position(1));
        assertThat(ledger.positionAt(HERE, HandWrittenLedger.BEGIN)).isEqualTo(Position.START);
    }

    @Test
    void givesAVersionBackWholeAndOnlyInItsSpace() throws SQLException {
        var at = rows.next();
        var id = rows.version(ANN_LEADS);
        var facts = ledger.facts(HERE, FIRM, Optional.empty(), Optional.empty(), at, ALL);
        assertThat(facts.next()).isEmpty();
        assertThat(facts.elements()).hasSize(1);
        FactVersion fact = facts.elements().getFirst();
        assertThat(fact.id()).isEqualTo(id);
        assertThat(fact.fact()).isEqualTo(ANN_LEADS.fact());
        assertThat(fact.object()).isEqualTo(ANN_LEADS.object());
        assertThat(fact.valid()).isEqualTo(ANN_LEADS.valid());
        assertThat(fact.qualifiers().strength()).hasValue(0.25);
        assertThat(fact.qualifiers().statement()).contains("in words");
        assertThat(fact.recorded())
                .isEqualTo(Recorded.since(HandWrittenLedger.stampOf(at.number())));
        assertThat(ledger.factsTo(HERE, ANN, Optional.empty(), Optional.empty(), at, ALL))
                .isEqualTo(facts);
        assertThat(
                        ledger.facts(THERE, FIRM, Optional.empty(), Optional.empty(), at, ALL)
                                .elements())
                .isEmpty();
        assertThat(ledger.fact(THERE, ANN_LEADS.fact(), at)).isEmpty();
    }

    @Test
    void answersAtAPositionTheSameBeforeAndAfterAClosing() throws SQLException {
        var before = rows.next();
        var id = rows.version(ANN_LEADS);
        var factsThen = ledger.facts(HERE, FIRM, Optional.empty(), Optional.empty(), before, ALL);
        var historyThen = ledger.history(HERE, FIRM, Optional.empty(), before, ALL);
        var rowsThen = ledger.rows(HERE, Set.of(id), before);

        var after = rows.next();
        rows.close("here", RowKind.FACT_VERSION, id);
        assertThat(ledger.facts(HERE, FIRM, Optional.empty(), Optional.empty(), before, ALL))
                .isEqualTo(factsThen);
        assertThat(ledger.history(HERE, FIRM, Optional.empty(), before, ALL))
                .isEqualTo(historyThen);
        assertThat(ledger.rows(HERE, Set.of(id), before)).isEqualTo(rowsThen);

        assertThat(
                        ledger.facts(HERE, FIRM, Optional.empty(), Optional.empty(), after, ALL)
                                .elements())
                .isEmpty();
        assertThat(ledger.rows(HERE, Set.of(id), after)).isEmpty();
        assertThat(ledger.fact(HERE, ANN_LEADS.fact(), after))
                .extracting(version -> version.recorded().untilPosition())
                .containsExactly(after.number());
    }

    @Test
    void holdsAFactAtAMomentOnlyWhereItSurelyDoes() throws SQLException {
        var at = rows.next();
        rows.version(named("ended", Interval.between(Y2010, Y2015)));
        rows.version(named("open", Interval.since(Y2015)));
        rows.version(
                named(
                        "unknown",
                        new Interval(Y2010, new Interval.End.Unknown(Optional.of(Y2020)))));
        assertThat(namesAt(Y2010.minusNanos(1_000), at)).isEmpty();
        assertThat(namesAt(Y2010, at)).containsExactlyInAnyOrder("ended", "unknown");
        assertThat(namesAt(Y2010.plusSeconds(1), at)).containsExactly("ended");
        assertThat(namesAt(Y2015, at)).containsExactly("open");
        assertThat(namesAt(Y2020, at)).containsExactly("open");
    }

    private List<String> namesAt(Instant valid, Position at) {
        return ledger
                .facts(
                        HERE,
                        FIRM,
                        Optional.of(new PredicateName("name")),
                        Optional.of(valid),
                        at,
                        ALL)
                .elements()
                .stream()
                .map(version -> version.object().canonical())
                .toList();
    }

    private static Said named(String name, Interval valid) {
        return new Said("here", "firm", "name", new Value.Text(name), valid);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 10, 11})
    void pagesHoldEveryFactOnceAndInOrder(int size) throws SQLException {
        var at = rows.next();
        rows.version(ANN_LEADS);
        for (int i = 0; i < 10; i++) {
            rows.version(named("n" + i, Interval.since(Y2010.plusSeconds(i / 3))));
        }
        var whole = ledger.facts(HERE, FIRM, Optional.empty(), Optional.empty(), at, ALL);
        assertThat(whole.elements()).hasSize(11);
        assertThat(whole.elements().getFirst().predicate().value()).isEqualTo("ceo");

        List<FactVersion> paged = new ArrayList<>();
        List<FactVersion> historyPaged = new ArrayList<>();
        Optional<String> after = Optional.empty();
        do {
            var request = new PageRequest(size, after);
            var page = ledger.facts(HERE, FIRM, Optional.empty(), Optional.empty(), at, request);
            assertThat(page.elements()).hasSizeBetween(1, size);
            paged.addAll(page.elements());
            after = page.next();
        } while (after.isPresent());
        do {
            var page =
                    ledger.history(HERE, FIRM, Optional.empty(), at, new PageRequest(size, after));
            historyPaged.addAll(page.elements());
            after = page.next();
        } while (after.isPresent());
        assertThat(paged).isEqualTo(whole.elements());
        assertThat(historyPaged).containsExactlyInAnyOrderElementsOf(whole.elements());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "a~b~c", "name~1", "name~1~not-an-id"})
    void refusesAPageThatNobodyNamed(String after) {
        var request = new PageRequest(10, Optional.of(after));
        assertThatThrownBy(
                        () -> ledger.history(HERE, FIRM, Optional.empty(), Position.START, request))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("names no page");
    }

    @Test
    void findsEntitiesByTypeAndByTheBeginningOfAnyName() throws SQLException {
        var at = rows.next();
        rows.profile("here", "firm", "Organization", "Ägir & Co", "The Sea");
        rows.profile("here", "ann", "Person", "Ann");
        rows.profile("there", "ann", "Person", "Ann");
        assertThat(entities(Optional.empty(), Optional.empty(), at)).containsExactly("ann", "firm");
        assertThat(entities(Optional.of("Person"), Optional.empty(), at)).containsExactly("ann");
        assertThat(entities(Optional.empty(), Optional.of("äg"), at)).containsExactly("firm");
        assertThat(entities(Optional.empty(), Optional.of("the s"), at)).containsExactly("firm");
        assertThat(entities(Optional.empty(), Optional.of("%"), at)).isEmpty();
        assertThat(entities(Optional.of("Person"), Optional.of("the"), at)).isEmpty();

        var first = ledger.entities(HERE, EntityFilter.ALL, at, PageRequest.first(1));
        assertThat(first.next()).contains("ann");
        assertThat(ledger.entities(HERE, EntityFilter.ALL, at, new PageRequest(1, first.next())))
                .satisfies(page -> assertThat(page.next()).isEmpty())
                .satisfies(page -> assertThat(page.elements()).hasSize(1));
    }

    private List<String> entities(Optional<String> type, Optional<String> prefix, Position at) {
        return ledger
                .entities(HERE, new EntityFilter(type.map(EntityType::new), prefix), at, ALL)
                .elements()
                .stream()
                .map(profile -> profile.entity().value())
                .toList();
    }

    @Test
    void showsTheProfileOfThePosition() throws SQLException {
        var early = rows.next();
        var thing = rows.profile("here", "ann", "Thing", "ann");
        var late = rows.next();
        rows.close("here", RowKind.PROFILE, thing);
        rows.profile("here", "ann", "Person", "Ann", "Annie");
        assertThat(ledger.entity(HERE, ANN, Position.START)).isEmpty();
        assertThat(ledger.entity(HERE, ANN, early).map(EntityProfile::type))
                .contains(EntityType.THING);
        var now = ledger.entity(HERE, ANN, late).orElseThrow();
        assertThat(now.name()).contains("Ann");
        assertThat(now.aliases()).containsExactly("Annie");
        assertThat(now.place().orElseThrow().latitude()).isEqualTo(24.1);
        assertThat(now.exists()).isEmpty();
    }

    @Test
    void numbersLeadToEntitiesAndBackInTheirSpaceOnly() {
        var nodes = ledger.nodes(HERE, List.of(ANN, FIRM, new EntityId("nobody")));
        assertThat(nodes).containsOnlyKeys(ANN, FIRM);
        assertThat(ledger.entitiesOf(HERE, nodes.values())).hasSize(2).containsValue(ANN);
        assertThat(ledger.entitiesOf(THERE, nodes.values())).isEmpty();
        assertThat(ledger.node(HERE, new EntityId("nobody"))).isEmpty();
    }

    @Test
    void tellsWhatWasSaidLastSaidFirst() throws SQLException {
        var early = rows.next();
        var us = rows.assertion(ANN_LEADS, "us");
        var middle = rows.next();
        rows.assertion(ANN_LEADS, "web");
        var late = rows.next();
        rows.close("here", RowKind.ASSERTION, us);
        assertThat(sourcesAt(early)).containsExactly("us");
        assertThat(sourcesAt(middle)).containsExactly("web", "us");
        assertThat(sourcesAt(late)).containsExactly("web");
        assertThat(ledger.assertions(THERE, Set.of(ANN_LEADS.fact()), late)).isEmpty();
        assertThat(everSaid(early)).containsExactly("us");
        assertThat(everSaid(late)).containsExactly("web", "us");

        var said = ledger.said(HERE, FIRM, new PredicateName("ceo"), late, ALL).elements();
        assertThat(said)
                .extracting(Assertion::source)
                .containsExactly(new SourceId("us"), new SourceId("web"));
        Assertion first = said.getFirst();
        assertThat(first.recorded().untilPosition()).isEqualTo(late.number());
        assertThat(first.said()).isEqualTo(early);
        assertThat(first.qualifiers().confidence()).hasValue(0.5);
        assertThat(first.qualifiers().delay().orElseThrow().mean())
                .isEqualTo(Duration.ofSeconds(90).plusNanos(1_000));
        assertThat(first.evidence().orElseThrow().quote()).contains("said so");
    }

    private List<String> everSaid(Position at) {
        return ledger
                .everSaid(HERE, Set.of(ANN_LEADS.fact()), at)
                .getOrDefault(ANN_LEADS.fact(), List.of())
                .stream()
                .map(assertion -> assertion.source().value())
                .toList();
    }

    private List<String> sourcesAt(Position at) {
        return ledger
                .assertions(HERE, Set.of(ANN_LEADS.fact()), at)
                .getOrDefault(ANN_LEADS.fact(), List.of())
                .stream()
                .map(assertion -> assertion.source().value())
                .toList();
    }

    @Test
    void readsRowsOfAllKindsByIdWithWhoSupportsThem() throws SQLException {
        var at = rows.next();
        rows.assertion(ANN_LEADS, "us");
        rows.assertion(ANN_LEADS, "web");
        var fact = rows.version(ANN_LEADS);
        var profile = rows.profile("here", "ann", "Person", "Ann");
        var memory = rows.memory("here", "m-1", "us", "firm", "ann");
        var elsewhere = rows.memory("there", "m-1", "us");
        List<RowId> ids = List.of(fact, profile, memory, elsewhere);

        var found = ledger.rows(HERE, ids, at);
        assertThat(found).containsOnlyKeys(fact, profile, memory);
        assertThat(found.get(fact))
                .isInstanceOfSatisfying(
                        Row.OfFact.class,
                        row ->
                                assertThat(row.sources())
                                        .containsExactlyInAnyOrder(
                                                new SourceId("us"), new SourceId("web")));
        assertThat(found.get(memory))
                .isInstanceOfSatisfying(
                        Row.OfMemory.class,
                        row -> assertThat(row.memory().mentions()).containsExactly(FIRM, ANN));
        assertThat(ledger.memory(HERE, new MemoryId("m-1"), at))
                .contains((Row.OfMemory) found.get(memory));
        assertThat(ledger.memory(HERE, new MemoryId("m-1"), new Position(2))).isEmpty();
        assertThat(ledger.rows(HERE, ids, new Position(2))).isEmpty();
    }

    @Test
    void callsARowThatBreaksTheRulesCorrupt() throws SQLException {
        var at = rows.next();
        rows.profile("here", "ann", "not a type", "Ann");
        assertThatThrownBy(() -> ledger.entity(HERE, ANN, at))
                .isInstanceOf(StoreException.Corrupt.class)
                .hasMessageContaining("not a type");
    }

    @Test
    void isUnavailableOnceItsDatabaseIsClosed() throws SQLException {
        var other = TestDatabases.fresh();
        var orphaned = new PgLedger(other.dataSource());
        other.close();
        assertThatThrownBy(orphaned::head).isInstanceOf(StoreException.Unavailable.class);
    }
}
