package dev.palimpsest.query.index.lucene;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.Profile;
import dev.palimpsest.model.RowId;
import dev.palimpsest.model.Value;
import dev.palimpsest.query.index.lucene.Filter.Role;
import dev.palimpsest.query.index.lucene.Filter.Word;
import dev.palimpsest.question.Kind;
import dev.palimpsest.space.GeoPoint;
import dev.palimpsest.space.Region;
import dev.palimpsest.time.Allen;
import dev.palimpsest.time.Interval;
import dev.palimpsest.time.Moments;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What passes a filter, and in which order.
class LuceneFilterTest {

    private static final Filter ENTITIES = new Filter.Kinds(Set.of(Kind.ENTITY));
    private static final Filter FACTS = new Filter.Kinds(Set.of(Kind.FACT));
    private static final Filter MEMORIES = new Filter.Kinds(Set.of(Kind.MEMORY));

    private static final List<Allen> RELATIONS = List.of(Allen.values());

    @TempDir private Path folder;
    private LuceneTextIndex index;
    private final Example space = new Example("demo");

    @BeforeEach
    void open() {
        index = new LuceneTextIndex(folder);
    }

    @AfterEach
    void close() {
        index.close();
    }

    @Test
    void findsWhatLiesInACircleAlsoAcrossTheAntimeridian() {
        space.place("fiji", -17.8, 178.0);
        space.place("samoa", -13.8, -172.1);
        space.place("hualian", 23.99, 121.6);
        space.follow(index);
        assertThat(placed(new Region.Circle(new GeoPoint(24.1, 121.7), 80)))
                .isEqualTo(nodes("hualian"));
        assertThat(placed(new Region.Circle(new GeoPoint(-16, -178), 700)))
                .isEqualTo(nodes("fiji", "samoa"));
        assertThat(placed(new Region.Circle(new GeoPoint(0, 0), 20_040)))
                .isEqualTo(nodes("fiji", "samoa", "hualian"));
    }

    @Test
    void findsWhatLiesInABoxAlsoAcrossTheAntimeridian() {
        space.place("fiji", -17.8, 178.0);
        space.place("samoa", -13.8, -172.1);
        space.place("hualian", 23.99, 121.6);
        space.follow(index);
        assertThat(placed(new Region.Box(-30, 170, 0, -170))).isEqualTo(nodes("fiji", "samoa"));
        assertThat(placed(new Region.Box(-30, -170, 30, 170))).isEqualTo(nodes("hualian"));
    }

    @Test
    void ordersByDistanceTimeAndAge() {
        space.say("a", "place", point(0, 1), Interval.at(Instant.parse("2018-02-04T00:00:00Z")));
        space.say("b", "place", point(0, 3), Interval.at(Instant.parse("2018-02-05T00:00:00Z")));
        space.say("c", "place", point(0, 2), Interval.at(Instant.parse("2018-02-09T00:00:00Z")));
        space.say("d", "magnitude", Value.Numeric.of(5));
        space.follow(index);
        var nearest = list(new Order.Nearest(new GeoPoint(0, 0)), FACTS);
        assertThat(nearest).extracting(Match::node).containsExactly(nodeArray("a", "c", "b"));
        assertThat(-nearest.getFirst().score()).isBetween(111.0, 111.5);
        var closest = list(new Order.Closest(Instant.parse("2018-02-05T06:00:00Z")), FACTS);
        assertThat(closest).extracting(Match::node).containsExactly(nodeArray("d", "b", "a", "c"));
        assertThat(closest.get(1).score()).isEqualTo(-(6 * 3600 - 1e-6));
        assertThat(list(new Order.Newest(), FACTS))
                .extracting(Match::node)
                .containsExactly(nodeArray("d", "c", "b", "a"));
    }

    @Test
    void takesAnUnknownEndAsSureOfItsFirstInstantOnly() {
        var from = Instant.parse("2010-01-01T00:00:00Z");
        var latest = Instant.parse("2020-01-01T00:00:00Z");
        var unknown = new Interval(from, new Interval.End.Unknown(Optional.of(latest)));
        var fact = space.say("q", "mayor", new Value.Text("Ann"), unknown);
        space.follow(index);
        var later = Instant.parse("2015-01-01T00:00:00Z");
        assertThat(ids(Filter.all(FACTS, new Filter.HoldsAt(later, false)))).isEmpty();
        assertThat(ids(Filter.all(FACTS, new Filter.HoldsAt(later, true))))
                .containsExactly(fact.id());
        assertThat(ids(Filter.all(FACTS, new Filter.HoldsAt(from, false))))
                .containsExactly(fact.id());
        assertThat(ids(Filter.all(FACTS, new Filter.HoldsAt(latest, true)))).isEmpty();
        var decade = Interval.between(from, later);
        assertThat(ids(Filter.all(FACTS, new Filter.LiesIn(decade, false)))).isEmpty();
        assertThat(ids(Filter.all(FACTS, new Filter.LiesIn(decade, true))))
                .containsExactly(fact.id());
    }

    /// Every interval within 0..5, with every kind of end, to every interval within 1..5.
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void findsWhatStandsInARelationForSureOrPossibly(boolean possibly) {
        var times = everyKindOfTime();
        space.follow(index);
        var random = new SplittableRandom(1);
        for (int from = 1; from < 5; from++) {
            for (int until = from + 1; until <= 6; until++) {
                var to =
                        until == 6
                                ? Interval.since(micros(from))
                                : Interval.between(micros(from), micros(until));
                for (var relation : Allen.values()) {
                    var several = EnumSet.of(relation);
                    random.ints(3, 0, 13).mapToObj(RELATIONS::get).forEach(several::add);
                    for (var relations : List.of(Set.of(relation), several)) {
                        var found = Filter.all(FACTS, new Filter.Related(relations, to, possibly));
                        assertThat(ids(found))
                                .as("%s to %s, possibly: %s", relations, to, possibly)
                                .containsExactlyInAnyOrderElementsOf(
                                        standing(times, relations, to, possibly));
                    }
                }
            }
        }
    }

    @Test
    void whatLiesInAnIntervalStartsFinishesEqualsOrIsDuringIt() {
        everyKindOfTime();
        space.follow(index);
        var within = Set.of(Allen.STARTS, Allen.FINISHES, Allen.EQUALS, Allen.DURING);
        for (var to : List.of(Interval.between(micros(1), micros(4)), Interval.since(micros(2)))) {
            for (boolean possibly : new boolean[] {false, true}) {
                assertThat(ids(Filter.all(FACTS, new Filter.LiesIn(to, possibly))))
                        .isNotEmpty()
                        .isEqualTo(
                                ids(Filter.all(FACTS, new Filter.Related(within, to, possibly))));
            }
        }
    }

    private Map<RowId, Interval> everyKindOfTime() {
        Map<RowId, Interval> times = new HashMap<>();
        for (int from = 0; from < 5; from++) {
            for (int until = from + 1; until <= 5; until++) {
                keep(times, Interval.between(micros(from), micros(until)));
                keep(times, ended(from, Optional.of(micros(until))));
            }
            keep(times, Interval.since(micros(from)));
            keep(times, ended(from, Optional.empty()));
        }
        return times;
    }

    private void keep(Map<RowId, Interval> times, Interval time) {
        var fact = space.say("e" + times.size(), "state", new Value.Flag(true), time);
        times.put(fact.id(), time);
    }

    private static List<RowId> standing(
            Map<RowId, Interval> times, Set<Allen> relations, Interval to, boolean possibly) {
        return times.entrySet().stream()
                .filter(entry -> {
                    var stands = Allen.possible(entry.getValue(), to);
                    return possibly
                            ? stands.stream().anyMatch(relations::contains)
                            : relations.containsAll(stands);
                })
                .map(Map.Entry::getKey)
                .toList();
    }

    private static Instant micros(long micros) {
        return Moments.fromMicros(micros);
    }

    private static Interval ended(long from, Optional<Instant> latest) {
        return new Interval(micros(from), new Interval.End.Unknown(latest));
    }

    @Test
    void filtersByWordsRolesAndTheirCombinations() {
        space.say("q", "type", new Value.Text("Earthquake"));
        var triggered = space.say("p", "triggered", new Value.Entity(new EntityId("q")));
        space.keep("m", "we felt it", "q");
        space.follow(index);
        var type = new Filter.Words(Word.TYPE, Set.of("Earthquake"));
        var quakes = index.nodes(space.space(), type, Role.SELF, space.head());
        assertThat(quakes).isEqualTo(nodes("q"));
        assertThat(ids(new Filter.Nodes(Role.OBJECT, quakes))).containsExactly(triggered.id());
        assertThat(list(new Order.Newest(), new Filter.Nodes(Role.MENTIONED, quakes)))
                .extracting(Match::kind)
                .containsExactly(Kind.MEMORY);
        assertThat(index.nodes(space.space(), MEMORIES, Role.MENTIONED, space.head()))
                .isEqualTo(quakes);
        var notMemory = new Filter.Not(Filter.any(MEMORIES, ENTITIES));
        assertThat(ids(notMemory)).hasSize(2).contains(triggered.id());
        assertThat(ids(new Filter.AnyOf(List.of()))).isEmpty();
        assertThat(ids(new Filter.Rows(Set.of(triggered.id())))).containsExactly(triggered.id());
        for (Filter desk :
                List.of(
                        new Filter.Words(Word.AGENT, Set.of("desk-1")),
                        new Filter.Words(Word.SESSION, Set.of("s-1", "s-2")))) {
            assertThat(ids(desk)).hasSize(1);
        }
        assertThat(ids(Filter.all(new Filter.HasPlace(), new Filter.HasTime()))).isEmpty();
    }

    @Test
    void looksUpLargeSetsOfNodesAsItDoesSmallOnes() {
        for (int i = 0; i < 20; i++) {
            space.name("e" + i, "entity " + i);
        }
        space.follow(index);
        var large = new NodeSet.Collector();
        for (int node = 10; node < 10_000; node++) {
            large.add(node);
        }
        var filter = Filter.all(ENTITIES, new Filter.Nodes(Role.SELF, large.toSet()));
        assertThat(index.nodes(space.space(), filter, Role.SELF, space.head()).stream())
                .containsExactly(10L, 11L, 12L, 13L, 14L, 15L, 16L, 17L, 18L, 19L, 20L);
    }

    @Test
    void countsAndNeverEstimatesTooFew() {
        for (int i = 0; i < 50; i++) {
            space.place("e" + i, i, i);
        }
        space.follow(index);
        Filter near = new Filter.Within(new Region.Box(0, 0, 9.5, 9.5));
        long exact = index.count(space.space(), Filter.all(FACTS, near), space.head());
        assertThat(exact).isEqualTo(10);
        assertThat(index.estimate(space.space(), Filter.all(FACTS, near), space.head()))
                .isBetween(exact, 150L);
    }

    private List<Match> list(Order order, Filter filter) {
        return index.list(space.space(), filter, order, space.head(), 100);
    }

    private List<RowId> ids(Filter filter) {
        return list(new Order.Newest(), filter).stream().map(Match::id).toList();
    }

    private NodeSet placed(Region region) {
        var place = new Filter.Words(Word.PREDICATE, Set.of(Profile.PLACE.value()));
        return index.nodes(
                space.space(),
                Filter.all(
                        place, new Filter.Within(region), new Filter.HoldsAt(Moments.LAST, false)),
                Role.SELF,
                space.head());
    }

    private static Value point(double latitude, double longitude) {
        return new Value.Geo(new GeoPoint(latitude, longitude));
    }

    private long node(String entity) {
        return space.scribe.nodeOf(new EntityId(entity));
    }

    private NodeSet nodes(String... entities) {
        return NodeSet.of(List.of(nodeArray(entities)));
    }

    private Long[] nodeArray(String... entities) {
        return List.of(entities).stream().map(this::node).toArray(Long[]::new);
    }
}
