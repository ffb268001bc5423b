package dev.palimpsest.query.index.adjacency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.LongStream;
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
        scribe.register(predicate(LED_TO));
        scribe.register(new Predicate(DUE_TO, false, false, false, Optional.of(LED_TO), entity()));
        scribe.register(new Predicate(NEAR, false, false, true, Optional.empty(), entity()));
        scribe.register(
                new Predicate(PART_OF, true, false, false, Optional.of(HAS_PART), entity()));
    }

    @Test
    void nothingIsThereBeforeTheScan() {
        assertThat(adjacency.checkpoint()).isEmpty();
        assertThat(adjacency.covers()).isEqualTo(Position.START);
        assertThat(
                        adjacency
                                .onChains(SPACE, ChainEnds.toEffect(1, 3), Position.START, true)
                                .nodes())
                .isEmpty();
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
        var chain = best(causesOf("wave", 3), "slip");
        assertThat(chain.strength()).isEqualTo(0.25);
        assertThat(chain.links())
                .extracting(Chains.Link::cause)
                .containsExactly(node("slip"), node("quake"));
        assertThat(best(effectsOf("slip", 3), "wave")).isEqualTo(chain);
        assertThat(best(ChainEnds.between(node("slip"), node("wave"), 3), "quake"))
                .isEqualTo(chain);
    }

    @Test
    void factsThatAreNotCausalAreNotFollowed() {
        say("slip", NEAR, "quake", 1);
        follow();
        assertThat(onChains(causesOf("quake", 6))).isEmpty();
    }

    @Test
    void aCauseIsFollowedWhateverItsValidTime() {
        var longAgo = Interval.at(Instant.parse("1906-04-18T13:12:00Z"));
        sayDuring("slip", LED_TO, "quake", longAgo);
        follow();
        assertThat(onChains(causesOf("quake", 1))).containsExactly("slip");
    }

    @Test
    void nothingIsCausedByWhatCameAfterIt() {
        exists("slip", Interval.at(Instant.parse("2018-02-04T00:00:00Z")));
        exists("quake", Interval.at(Instant.parse("2018-02-03T00:00:00Z")));
        say("slip", LED_TO, "quake", 1);
        say("quake", LED_TO, "wave", 1);
        follow();
        assertThat(onChains(causesOf("quake", 3))).isEmpty();
        assertThat(onChains(causesOf("wave", 3))).containsExactly("quake");
    }

    @Test
    void aStrengthNobodyGaveCountsAsOneAndZeroStaysZero() {
        sayDuring("a", LED_TO, "b", Interval.ALWAYS);
        say("b", LED_TO, "c", 0);
        follow();
        assertThat(best(effectsOf("a", 2), "b").strength()).isEqualTo(1);
        assertThat(best(effectsOf("a", 2), "c").strength()).isEqualTo(0);
    }

    @Test
    void howSureTheSourceIsCountsAndHowWellTheDelayFits() {
        exists("slip", Interval.at(instant(2000)));
        exists("quake", Interval.at(instant(2000).plus(Duration.ofDays(12))));
        exists("wave", Interval.at(instant(2000).plus(Duration.ofDays(20))));
        sayWith("slip", "quake", 0.5, 0.5, Optional.of(Duration.ofDays(2)));
        sayWith("quake", "wave", 1, 1, Optional.empty());
        follow();
        // Ten days were said, twelve it took: one deviation.
        double fit = 0.25 * Math.exp(-0.5);
        assertThat(best(effectsOf("slip", 2), "quake").strength()).isCloseTo(fit, within(1e-12));
        // Eight days, and nobody says how much ten may vary.
        assertThat(best(effectsOf("quake", 2), "wave").strength()).isEqualTo(1);
        // How well a delay fits says nothing of how often the effect comes.
        assertThat(chains(effectsOf("slip", 2), "wave").likelihood().orElseThrow().probability())
                .isCloseTo(0.25, within(1e-12));
    }

    @Test
    void twoVersionsOfOneFactAndTheSameSaidFromTheOtherSideAreOneMechanism() {
        sayDuring("a", LED_TO, "b", Interval.between(instant(2000), instant(2001)), 0.5);
        sayDuring("a", LED_TO, "b", Interval.between(instant(2002), instant(2003)), 0.4);
        sayDuring("b", DUE_TO, "a", Interval.ALWAYS, 0.3);
        follow();
        var chains = chains(effectsOf("a", 1), "b");
        assertThat(chains.best()).extracting(Chains.Chain::strength).containsExactly(0.5, 0.4, 0.3);
        assertThat(chains.likelihood().orElseThrow().probability()).isEqualTo(0.5);
    }

    @Test
    void chainsAreThoseOfThePosition() {
        var said = say("slip", LED_TO, "quake", 1);
        var then = scribe.head();
        scribe.takeBack(said);
        follow();
        var ends = causesOf("quake", 2);
        assertThat(adjacency.onChains(SPACE, ends, then, true).facts()).containsOnlyKeys(said.id());
        assertThat(adjacency.onChains(SPACE, ends, scribe.head(), true).facts()).isEmpty();
        List<Chains.Seed> seeds = List.of(new Chains.Seed.OfFact(said.id()));
        assertThat(adjacency.chains(SPACE, ends, then, seeds, 1)).hasSize(1);
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
        return sayDuring(subject, predicate, object, Interval.ALWAYS, strength);
    }

    private FactVersion sayDuring(
            String subject,
            PredicateName predicate,
            String object,
            Interval valid,
            double strength) {
        return scribe.say(
                new EntityId(subject),
                predicate,
                new Value.Entity(new EntityId(object)),
                valid,
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

    private static Predicate predicate(PredicateName name) {
        return new Predicate(name, false, true, false, Optional.empty(), entity());
    }

    private ChainEnds causesOf(String effect, int hops) {
        return ChainEnds.toEffect(node(effect), hops);
    }

    private ChainEnds effectsOf(String cause, int hops) {
        return ChainEnds.fromCause(node(cause), hops);
    }

    private List<String> onChains(ChainEnds ends) {
        var nodes = adjacency.onChains(SPACE, ends, scribe.head(), false).nodes();
        return LongStream.of(nodes).mapToObj(this::name).toList();
    }

    private Chains chains(ChainEnds ends, String entity) {
        var seed = new Chains.Seed.OfNode(node(entity));
        var found = adjacency.chains(SPACE, ends, scribe.head(), List.of(seed), 5).get(seed);
        return Optional.ofNullable(found).orElseThrow();
    }

    private Chains.Chain best(ChainEnds ends, String entity) {
        return chains(ends, entity).best().getFirst();
    }

    private void sayWith(
            String cause,
            String effect,
            double strength,
            double confidence,
            Optional<Duration> deviation) {
        scribe.say(
                new EntityId(cause),
                LED_TO,
                new Value.Entity(new EntityId(effect)),
                Interval.ALWAYS,
                SOURCE,
                new Qualifiers(
                        OptionalDouble.of(confidence),
                        OptionalDouble.of(strength),
                        Optional.of(new Qualifiers.Delay(Duration.ofDays(10), deviation)),
                        Optional.empty()));
    }

    private List<String> reached(String entity, int hops, Holding holding) {
        var nodes = adjacency.within(SPACE, node(entity), hops, holding, scribe.head()).nodes();
        return LongStream.of(nodes).mapToObj(this::name).toList();
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
