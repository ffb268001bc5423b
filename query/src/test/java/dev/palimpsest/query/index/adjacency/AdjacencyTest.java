package dev.palimpsest.query.index.adjacency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.FactVersion;
import dev.palimpsest.model.ObjectKind;
import dev.palimpsest.model.Predicate;
import dev.palimpsest.model.PredicateName;
import dev.palimpsest.model.Profile;
import dev.palimpsest.model.Qualifiers;
import dev.palimpsest.model.SourceId;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.model.Value;
import dev.palimpsest.port.Projection.Checkpoint;
import dev.palimpsest.port.Projection.HeldRow;
import dev.palimpsest.query.ledger.InMemoryLedger;
import dev.palimpsest.query.ledger.Scribe;
import dev.palimpsest.time.Interval;
import dev.palimpsest.time.Moments;
import dev.palimpsest.time.Position;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class AdjacencyTest {

    private static final SpaceId SPACE = new SpaceId("quakes");
    private static final SourceId SOURCE = new SourceId("us");
    private static final PredicateName LED_TO = new PredicateName("ledTo");
    private static final PredicateName DUE_TO = new PredicateName("dueTo");
    private static final PredicateName NEAR = new PredicateName("near");
    private static final PredicateName PART_OF = new PredicateName("partOf");
    private static final PredicateName HAS_PART = new PredicateName("hasPart");
    private static final Holding EVER = new Holding.Ever();

    private final Scribe scribe = new Scribe(SPACE);
    private final Adjacency adjacency = new Adjacency();

    AdjacencyTest() {
        scribe.register(new Predicate(LED_TO, false, true, false, Optional.empty(), entity()));
        scribe.register(new Predicate(DUE_TO, false, false, false, Optional.of(LED_TO), entity()));
        scribe.register(new Predicate(NEAR, false, false, true, Optional.empty(), entity()));
        scribe.register(
                new Predicate(PART_OF, true, false, false, Optional.of(HAS_PART), entity()));
    }

    @Test
    void nothingIsThereBeforeTheScan() {
        assertThat(adjacency.checkpoint()).isEmpty();
        assertThat(adjacency.covers()).isEqualTo(Position.START);
        assertThat(adjacency.causesOf(SPACE, 1, 3, Position.START).chains()).isEmpty();
        assertThat(adjacency.neighbours(SPACE, 1, EVER, Position.START, 10)).isEmpty();
    }

    @Test
    void aNeighbourIsNamedFromWhereWeStand() {
        say("leg", PART_OF, "table", 1);
        say("table", NEAR, "wall", 1);
        say("wall", LED_TO, "crack", 1);
        follow();
        assertThat(neighbours("table")).containsExactly("near -> wall", "hasPart -> leg");
        assertThat(neighbours("wall")).containsExactly("ledTo -> crack", "near -> table");
        assertThat(neighbours("leg")).containsExactly("partOf -> table");
        assertThat(neighbours("crack")).containsExactly("dueTo -> wall");
    }

    @Test
    void whatWasTakenBackIsSeenOnlyBefore() {
        var said = say("a", NEAR, "b", 1);
        var then = scribe.head();
        scribe.takeBack(said);
        follow();
        long a = scribe.nodeOf(new EntityId("a"));
        assertThat(adjacency.neighbours(SPACE, a, EVER, then, 10)).hasSize(1);
        assertThat(adjacency.neighbours(SPACE, a, EVER, scribe.head(), 10)).isEmpty();
        var before = new Position(then.number() - 1);
        assertThat(adjacency.neighbours(SPACE, a, EVER, before, 10)).isEmpty();
    }

    @Test
    void anOlderImageAfterANewerChangesNothing() {
        var said = say("a", NEAR, "b", 1);
        var open = scribe.rows();
        scribe.takeBack(said);
        follow();
        var held = heldRows();
        adjacency.apply(open, new Checkpoint(InMemoryLedger.EPOCH, scribe.head()));
        assertThat(heldRows()).isEqualTo(held);
        assertThat(neighbours("a")).isEmpty();
    }

    @Test
    void followingGivesWhatAScanGives() {
        follow();
        var after = scribe.head();
        for (int i = 0; i < 300; i++) {
            var said = say("n" + i % 17, NEAR, "n" + i % 13, i % 3 / 2.0);
            if (i % 5 == 0) {
                scribe.takeBack(said);
            }
        }
        adjacency.apply(
                scribe.changesAfter(after), new Checkpoint(InMemoryLedger.EPOCH, scribe.head()));
        var followed = heldRows();
        adjacency.clear();
        follow();
        assertThat(heldRows()).containsExactlyInAnyOrderElementsOf(followed).hasSize(300);
    }

    @Test
    void causesAreFollowedWhicheverWayTheyAreSaid() {
        say("slip", LED_TO, "quake", 0.5);
        say("wave", DUE_TO, "quake", 0.5);
        follow();
        var chain = chain(adjacency.causesOf(SPACE, node("wave"), 3, scribe.head()), "slip");
        assertThat(chain.strength()).isEqualTo(0.25);
        assertThat(chain.links())
                .extracting(Chains.Link::cause)
                .containsExactly(node("slip"), node("quake"));
        var forward = chain(adjacency.effectsOf(SPACE, node("slip"), 3, scribe.head()), "wave");
        assertThat(forward.links()).isEqualTo(chain.links());
    }

    @Test
    void factsThatAreNotCausalAreNotFollowed() {
        say("slip", NEAR, "quake", 1);
        follow();
        assertThat(adjacency.causesOf(SPACE, node("quake"), 6, scribe.head()).chains()).isEmpty();
    }

    @Test
    void aCauseIsFollowedWhateverItsValidTime() {
        var longAgo = Interval.at(Instant.parse("1906-04-18T13:12:00Z"));
        scribe.say(
                new EntityId("slip"),
                LED_TO,
                new Value.Entity(new EntityId("quake")),
                longAgo,
                SOURCE);
        follow();
        assertThat(adjacency.causesOf(SPACE, node("quake"), 1, scribe.head()).chains()).hasSize(1);
    }

    @Test
    void nothingIsCausedByWhatCameAfterIt() {
        exists("slip", Interval.at(Instant.parse("2018-02-04T00:00:00Z")));
        exists("quake", Interval.at(Instant.parse("2018-02-03T00:00:00Z")));
        say("slip", LED_TO, "quake", 1);
        say("quake", LED_TO, "wave", 1);
        follow();
        assertThat(adjacency.causesOf(SPACE, node("quake"), 3, scribe.head()).chains()).isEmpty();
        assertThat(adjacency.causesOf(SPACE, node("wave"), 3, scribe.head()).chains()).hasSize(1);
    }

    @Test
    void aStrengthNobodyGaveCountsAsOneAndZeroStaysZero() {
        scribe.say(
                new EntityId("a"),
                LED_TO,
                new Value.Entity(new EntityId("b")),
                Interval.ALWAYS,
                SOURCE);
        say("b", LED_TO, "c", 0);
        follow();
        var effects = adjacency.effectsOf(SPACE, node("a"), 2, scribe.head());
        assertThat(chain(effects, "b").strength()).isEqualTo(1);
        assertThat(chain(effects, "c").strength()).isEqualTo(0);
    }

    @Test
    void anEventIsSomethingWhoseExistenceHasAnEnd() {
        exists("quake", Interval.at(Instant.parse("2018-02-04T00:00:00Z")));
        exists("city", Interval.since(Instant.parse("1200-01-01T00:00:00Z")));
        say("quake", NEAR, "city", 1);
        follow();
        assertThat(adjacency.isEvent(SPACE, node("quake"), scribe.head())).isTrue();
        assertThat(adjacency.isEvent(SPACE, node("city"), scribe.head())).isFalse();
        assertThat(adjacency.isEvent(SPACE, node("quake"), Position.START)).isFalse();
        assertThat(adjacency.everEvents(SPACE).stream())
                .containsExactly(Math.toIntExact(node("quake")));
    }

    @Test
    void stateIsAsOfNowAndEventsStayWhatTheyWere() {
        var year = Interval.between(instant(2000), instant(2001));
        exists("quake", Interval.at(instant(2000)));
        sayDuring("quake", NEAR, "city", year);
        sayDuring("city", NEAR, "river", year);
        follow();
        var now = new Holding.Usually(Moments.toMicros(instant(2020)));
        assertThat(reached("quake", 6, now)).containsExactlyInAnyOrder("quake", "city");
        var then = new Holding.At(Moments.toMicros(instant(2000)), false);
        assertThat(reached("quake", 6, then)).containsExactlyInAnyOrder("quake", "city", "river");
        assertThat(reached("quake", 1, then)).containsExactlyInAnyOrder("quake", "city");
    }

    private void follow() {
        adjacency.apply(scribe.rows(), new Checkpoint(InMemoryLedger.EPOCH, scribe.head()));
    }

    private FactVersion say(
            String subject, PredicateName predicate, String object, double strength) {
        return scribe.say(
                new EntityId(subject),
                predicate,
                new Value.Entity(new EntityId(object)),
                Interval.ALWAYS,
                SOURCE,
                new Qualifiers(
                        OptionalDouble.empty(),
                        OptionalDouble.of(strength),
                        Optional.empty(),
                        Optional.empty()));
    }

    private void sayDuring(String subject, PredicateName predicate, String object, Interval valid) {
        scribe.say(
                new EntityId(subject),
                predicate,
                new Value.Entity(new EntityId(object)),
                valid,
                SOURCE);
    }

    private void exists(String entity, Interval valid) {
        scribe.say(new EntityId(entity), Profile.EXISTS, new Value.Flag(true), valid, SOURCE);
    }

    private List<String> neighbours(String entity) {
        return adjacency.neighbours(SPACE, node(entity), EVER, scribe.head(), 10).stream()
                .map(next ->
                        next.predicate() + (next.outgoing() ? " -> " : " <- ") + name(next.node()))
                .toList();
    }

    private List<String> reached(String entity, int hops, Holding holding) {
        return adjacency
                .within(SPACE, node(entity), hops, holding, scribe.head())
                .distances()
                .keySet()
                .stream()
                .map(this::name)
                .toList();
    }

    private Chains.Chain chain(Chains chains, String reached) {
        return chains.chains().stream()
                .filter(chain -> chain.node() == node(reached))
                .findFirst()
                .orElseThrow();
    }

    private List<HeldRow> heldRows() {
        var held = new ArrayList<HeldRow>();
        adjacency.rows(SPACE, held::add);
        return held;
    }

    private long node(String entity) {
        return scribe.nodeOf(new EntityId(entity));
    }

    private String name(long node) {
        return new InMemoryLedger(scribe)
                .entitiesOf(SPACE, List.of(node))
                .getOrDefault(node, new EntityId("nobody"))
                .value();
    }

    private static Instant instant(int year) {
        return Instant.parse(year + "-01-01T00:00:00Z");
    }

    private static Optional<ObjectKind> entity() {
        return Optional.of(ObjectKind.ENTITY);
    }
}
