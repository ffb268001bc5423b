package dev.palimpsest.graph.janus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.graph.janus.GraphView.ValidTime;
import dev.palimpsest.graph.janus.GremlinReader.Limits;
import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.Qualifiers;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.model.Value;
import dev.palimpsest.time.Interval;
import dev.palimpsest.time.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// At position 1 the store holds: quake `a` of magnitude 6.5 triggered `b`, in a space where also
/// lies a `rumour`. At position 2 it has learnt that `a` is an explosion of magnitude 5.5, and what
/// it triggered was `c`.
class SnapshotGraphTest {

    private static final RowImages ROWS = new RowImages();
    private static final SpaceId OTHER = new SpaceId("other");
    private static final Instant HIRED = Instant.parse("2010-01-01T00:00:00Z");
    private static final Instant LEFT = Instant.parse("2015-01-01T00:00:00Z");
    private static final Instant SHOCK = Instant.parse("2018-02-06T15:50:42.400Z");

    private static JanusGraphStore store;
    private static GremlinReader reader;

    @BeforeAll
    static void fill() {
        store = JanusGraphStore.inMemory();
        reader = new GremlinReader(store, ROWS, Limits.USUAL);
        ROWS.next();
        var magnitude = ROWS.fact("a", "magnitude", 6.5);
        var link = triggered("b");
        store.projection()
                .apply(
                        List.of(
                                ROWS.entity("a"),
                                ROWS.type("a", "Earthquake"),
                                ROWS.entity("b"),
                                ROWS.type("b", "Earthquake"),
                                ROWS.entity("c"),
                                ROWS.type("c", "Earthquake"),
                                ROWS.entity("rumour"),
                                magnitude,
                                ROWS.fact("b", "magnitude", 5),
                                ROWS.fact("a", "name", new Value.Text("Hualian")),
                                ROWS.fact(
                                        RowImages.SPACE,
                                        "rumour",
                                        "ceo",
                                        new Value.Text("Ann"),
                                        Interval.between(HIRED, LEFT)),
                                ROWS.fact(
                                        RowImages.SPACE,
                                        "rumour",
                                        "ceo",
                                        new Value.Text("Bob"),
                                        Interval.since(LEFT)),
                                ROWS.fact(
                                        RowImages.SPACE,
                                        "rumour",
                                        "shock",
                                        new Value.Flag(true),
                                        Interval.at(SHOCK)),
                                ROWS.fact(
                                        RowImages.SPACE,
                                        "rumour",
                                        "told",
                                        new Value.Flag(true),
                                        new Interval(
                                                HIRED, new Interval.End.Unknown(Optional.empty()))),
                                link,
                                ROWS.memory("m", SHOCK, "a"),
                                ROWS.entity(OTHER, "a"),
                                ROWS.fact(
                                        OTHER,
                                        "a",
                                        "magnitude",
                                        Value.Numeric.of(9),
                                        Interval.ALWAYS)),
                        ROWS.checkpoint());
        ROWS.next();
        store.projection()
                .apply(
                        List.of(
                                ROWS.type("a", "Explosion"),
                                ROWS.closed(magnitude),
                                ROWS.fact("a", "magnitude", 5.5),
                                ROWS.closed(link),
                                triggered("c"),
                                ROWS.entity("d"),
                                ROWS.type("d", "Earthquake")),
                        ROWS.checkpoint());
    }

    private static dev.palimpsest.port.Row.OfFact triggered(String effect) {
        return ROWS.fact(
                RowImages.SPACE,
                "a",
                "triggered",
                new Value.Entity(new EntityId(effect)),
                Interval.at(SHOCK),
                new Qualifiers(
                        OptionalDouble.empty(),
                        OptionalDouble.of(0.9),
                        Optional.of(new Qualifiers.Delay(Duration.ofMinutes(90), Optional.empty())),
                        Optional.of("the one led to the other")));
    }

    @AfterAll
    static void close() {
        store.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    g.V().count()                                                  | [4]          | [5]
                    g.V().hasLabel('Earthquake').id()                              | [a, b, c]    | [b, c, d]
                    g.V().hasLabel('Explosion').id()                               | []           | [a]
                    g.V().has('Explosion', 'magnitude', gt(5)).id()                | []           | [a]
                    g.V('a').label()                                               | [Earthquake] | [Explosion]
                    g.V('d').label()                                               | []           | [Earthquake]
                    g.V().has('entity', 'a').id()                                  | [a]          | [a]
                    g.V().hasId('a', 'b').id()                                     | [a, b]       | [a, b]
                    g.V().has('magnitude', gt(6)).id()                             | [a]          | []
                    g.V().has('magnitude', 6.5).id()                               | [a]          | []
                    g.V().has('magnitude', lt(6)).id()                             | [b]          | [a, b]
                    g.V().has('magnitude', within(6.5, 5.5)).values('magnitude')   | [6.5]        | [5.5]
                    g.V().not(has('magnitude', gt(6))).hasLabel('Earthquake').id() | [b, c]       | [b, c, d]
                    g.V().hasNot('magnitude').hasLabel('Earthquake').id()          | [c]          | [c, d]
                    g.V('a').values('magnitude')                                   | [6.5]        | [5.5]
                    g.V('a').properties('magnitude').value()                       | [6.5]        | [5.5]
                    g.V('a').properties().hasKey('magnitude').hasValue(6.5).count() | [1]         | [0]
                    g.V('a').valueMap('magnitude')                                 | [{magnitude=[6.5]}] | [{magnitude=[5.5]}]
                    g.V('a').valueMap()                              | [{magnitude=[6.5], name=[Hualian]}] | [{magnitude=[5.5], name=[Hualian]}]
                    g.V('a').propertyMap('magnitude').select(values).unfold().unfold().value() | [6.5] | [5.5]
                    g.V('a').elementMap('magnitude')     | [{id=a, label=Earthquake, magnitude=6.5}] | [{id=a, label=Explosion, magnitude=5.5}]
                    g.V('a', 'b').order().by('magnitude').id()                     | [b, a]       | [b, a]
                    g.V('a', 'b').order().by('magnitude', desc).values('magnitude') | [6.5, 5]    | [5.5, 5]
                    g.V('a', 'b').order().by(values('magnitude'), desc).limit(1).values('magnitude') | [6.5] | [5.5]
                    g.V('a').group().by('magnitude').by(id)                        | [{6.5=[a]}]  | [{5.5=[a]}]
                    g.V('a').group().by(id).by(values('magnitude').max())          | [{a=6.5}]    | [{a=5.5}]
                    g.V('a', 'c').groupCount().by('magnitude')                     | [{6.5=1}]    | [{5.5=1}]
                    g.V('a').project('m').by('magnitude')                          | [{m=6.5}]    | [{m=5.5}]
                    g.V('a').path().by('magnitude')                                | [[6.5]]      | [[5.5]]
                    g.V('a', 'b').dedup().by('magnitude').count()                  | [2]          | [2]
                    g.V('a').as('x').select('x').by('magnitude')                   | [6.5]        | [5.5]
                    g.V('a').as('x').V('b').where(lt('x')).by('magnitude').id()    | [b]          | [b]
                    g.V('b').as('x').V('a').where(gt('x')).by('magnitude').values('magnitude') | [6.5] | [5.5]
                    g.V('a', 'b').math('_ * 10').by('magnitude')                   | [65.0, 50.0] | [55.0, 50.0]
                    g.V('a', 'b').values('magnitude').sum()                        | [11.5]       | [10.5]
                    g.V('a').aggregate('x').by('magnitude').cap('x')               | [[6.5]]      | [[5.5]]
                    g.V('a').tree().by('magnitude')                                | [{6.5={}}]   | [{5.5={}}]
                    g.V().where(values('magnitude').is(gt(6))).id()                | [a]          | []
                    g.V().where(__.has('magnitude', gt(6))).id()                   | [a]          | []
                    g.V().filter(has('magnitude', gt(6))).id()                     | [a]          | []
                    g.V().or(has('magnitude', gt(6)), hasId('c')).id()             | [a, c]       | [c]
                    g.V().and(has('magnitude'), has('magnitude', gt(6))).id()      | [a]          | []
                    g.V('a').union(values('magnitude'), out().id())                | [6.5, b]     | [5.5, c]
                    g.V('a').choose(has('magnitude', gt(6)), constant('big'), constant('small')) | [big] | [small]
                    g.V('a').choose(values('magnitude')).option(6.5, constant('big')).option(5.5, constant('small')) | [big] | [small]
                    g.V('a').coalesce(has('magnitude', gt(6)).constant('big'), constant('small')) | [big] | [small]
                    g.V('a').optional(out('triggered')).id()                       | [b]          | [c]
                    g.V('a').local(values('magnitude'))                            | [6.5]        | [5.5]
                    g.V('a').map(values('magnitude'))                              | [6.5]        | [5.5]
                    g.V('a').flatMap(values('magnitude'))                          | [6.5]        | [5.5]
                    g.V('a').repeat(out('triggered')).times(2).count()             | [0]          | [0]
                    g.V('a').repeat(out('triggered')).emit().times(3).id()         | [b]          | [c]
                    g.V('a').emit(has('magnitude', gt(6))).repeat(out()).times(1).id() | [a, b]   | [c]
                    g.V('a').repeat(out()).until(or(has('magnitude', 5), loops().is(3))).id() | [b] | []
                    g.V().match(__.as('x').has('magnitude', gt(6)), __.as('x').out('triggered').as('y')).select('y').id() | [b] | []
                    g.V().match(__.as('x').out('triggered').as('y'), __.as('x').values('magnitude').as('m')).select('y', 'm').by(id).by() | [{y=b, m=6.5}] | [{y=c, m=5.5}]
                    g.V('a').out().id()                                            | [b]          | [c]
                    g.V('a').out('triggered').id()                                 | [b]          | [c]
                    g.V('a').outE('triggered').inV().id()                          | [b]          | [c]
                    g.V('b').in('triggered').id()                                  | [a]          | []
                    g.V('c').inE().outV().id()                                     | []           | [a]
                    g.V('b').both('triggered').id()                                | [a]          | []
                    g.V('a').bothE('triggered').otherV().id()                      | [b]          | [c]
                    g.V('a').outE().has('strength', gt(0.5)).count()               | [1]          | [1]
                    g.E().hasLabel('triggered').inV().id()                         | [b]          | [c]
                    g.E().count()                                                  | [2]          | [2]
                    g.V('a').in('mentions').hasLabel('Memory').id()                | [m]          | [m]
                    g.V().hasLabel('Memory').values('memory')                      | [m]          | [m]
                    g.V('m').out('mentions').label()                               | [Earthquake] | [Explosion]
                    g.V('m').values('occurred')              | [2018-02-06T15:50:42.400Z] | [2018-02-06T15:50:42.400Z]
                    g.inject(1).V('a').values('magnitude')                         | [6.5]        | [5.5]
                    g.V('a').V('b').count()                                        | [1]          | [1]
                    g.V('nobody').count()                                          | [0]          | [0]
                    """)
    void showsWhatWasKnownAtItsPositionHoweverItIsAsked(
            String text, String atFirst, String atLast) {
        assertThat(at(1, text)).as("at position 1").hasToString(atFirst);
        assertThat(at(2, text)).as("at position 2").hasToString(atLast);
    }

    @Test
    void isEmptyBeforeTheFirstPosition() {
        assertThat(at(0, "g.V().count()")).containsExactly(0L);
        assertThat(at(0, "g.V('a').values('magnitude')")).isEmpty();
        assertThat(at(0, "g.V().hasLabel('Memory').count()")).containsExactly(0L);
    }

    @Test
    void showsNothingOfAnotherSpace() {
        var view = GraphView.of(OTHER, ROWS.head());

        assertThat(ask(view, "g.V().id()")).containsExactly("a");
        assertThat(ask(view, "g.V('a').values('magnitude')")).containsExactly(9L);
        assertThat(ask(view, "g.V('a').both().count()")).containsExactly(0L);
        assertThat(ask(view, "g.V('b').count()")).containsExactly(0L);
        assertThat(ask(view, "g.V().hasLabel('Memory').count()")).containsExactly(0L);
        assertThat(at(2, "g.V().has('magnitude', 9).count()")).containsExactly(0L);
    }

    @Test
    void showsWhatHoldsAtAValidTime() {
        String ceo = "g.V('rumour').values('ceo')";

        assertThat(at(2, ceo)).containsExactly("Ann", "Bob");
        assertThat(valid(new ValidTime.At(HIRED), ceo)).containsExactly("Ann");
        assertThat(valid(new ValidTime.At(LEFT.minusNanos(1_000)), ceo)).containsExactly("Ann");
        assertThat(valid(new ValidTime.At(LEFT), ceo)).containsExactly("Bob");
        assertThat(valid(new ValidTime.At(HIRED.minusNanos(1_000)), ceo)).isEmpty();
        assertThat(at(2, "g.V('rumour').project('ceo').by('ceo')"))
                .as("of several, the one that begins last")
                .hasToString("[{ceo=Bob}]");
    }

    @Test
    void showsWhatHappenedInAnInstantAtThatInstantOrAmongWhatIsNow() {
        String shock = "g.V('rumour').values('shock')";

        assertThat(valid(new ValidTime.At(SHOCK), shock)).containsExactly(true);
        assertThat(valid(new ValidTime.At(SHOCK.plusNanos(1_000)), shock)).isEmpty();
        assertThat(valid(new ValidTime.Now(SHOCK.plusSeconds(9)), shock)).containsExactly(true);
        assertThat(valid(new ValidTime.Now(SHOCK), "g.V('rumour').values('ceo')"))
                .containsExactly("Bob");
        assertThat(valid(new ValidTime.At(HIRED), "g.V('a').out().count()")).containsExactly(0L);
    }

    @Test
    void isSureOfAnUnknownEndAtItsFirstInstantOnly() {
        String told = "g.V('rumour').values('told')";

        assertThat(valid(new ValidTime.At(HIRED), told)).containsExactly(true);
        assertThat(valid(new ValidTime.At(HIRED.plusNanos(1_000)), told)).isEmpty();
    }

    @Test
    void tellsOfAnEdgeWhatIsSaidOfItsFactAndNeverThatItWasClosedLater() {
        assertThat(at(1, "g.V('a').outE('triggered').elementMap('strength', 'delay', 'statement')"))
                .asString()
                .contains("strength=0.9", "delay=5400.0", "statement=the one led to the other");
        assertThat(at(1, "g.V('a').outE('triggered').properties().key()"))
                .containsExactly(
                        "fact",
                        "version",
                        "validFrom",
                        "validUntil",
                        "recordedFrom",
                        "strength",
                        "delay",
                        "statement");
        assertThat(
                        at(
                                1,
                                "g.V('a').outE().has('validFrom',"
                                        + " gt(datetime('2018-02-06T00:00:00Z'))).count()"))
                .containsExactly(1L);
    }

    @Test
    void tellsOfAVertexPropertyWhatIsSaidOfItsFact() {
        assertThat(at(2, "g.V('a').properties('magnitude')"))
                .singleElement()
                .asString()
                .contains(
                        "key=magnitude",
                        "value=5.5",
                        "fact=",
                        "recordedFrom=2018-02-06T16:00:00.000002Z");
        assertThat(at(2, "g.V('a').properties('magnitude').values('recordedFrom')"))
                .containsExactly("2018-02-06T16:00:00.000002Z");
    }

    private static List<Object> at(long position, String text) {
        return ask(GraphView.of(RowImages.SPACE, new Position(position)), text);
    }

    private static List<Object> valid(ValidTime valid, String text) {
        return ask(new GraphView(RowImages.SPACE, ROWS.head(), valid), text);
    }

    private static List<Object> ask(GraphView view, String text) {
        return reader.ask(view, text).values();
    }
}
