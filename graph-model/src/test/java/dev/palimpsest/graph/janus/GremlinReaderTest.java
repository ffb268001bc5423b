package dev.palimpsest.graph.janus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palimpsest.graph.janus.GremlinReader.Limits;
import dev.palimpsest.model.Value;
import dev.palimpsest.port.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A ring of 30 vertices, each also linked with the 5 after it.
class GremlinReaderTest {

    private static final int SIZE = 30;
    private static final int NEXT = 5;
    // Bound by steps, not by time: a busy machine must not fail a test.
    private static final Limits SHORT = new Limits(10, Duration.ofMinutes(5), 200_000);
    private static final RowImages ROWS = new RowImages().next();

    private static JanusGraphStore store;

    @BeforeAll
    static void fill() {
        store = JanusGraphStore.inMemory();
        var rows = new ArrayList<Row>();
        for (int i = 0; i < SIZE; i++) {
            rows.add(ROWS.entity("v" + i));
            rows.add(ROWS.fact("v" + i, "name", new Value.Text("a".repeat(40))));
            for (int j = 1; j <= NEXT; j++) {
                rows.add(ROWS.link("v" + i, "next", "v" + (i + j) % SIZE));
            }
        }
        store.projection().apply(rows, ROWS.checkpoint());
    }

    @AfterAll
    static void close() {
        store.close();
    }

    @Test
    void cutsOffWhatIsTooMuch() {
        assertThat(ask("g.V().id()").values()).hasSize(10);
        assertThat(ask("g.V().id()").truncated()).isTrue();
        assertThat(ask("g.V().id().limit(10)").truncated()).isFalse();
    }

    @Test
    void acceptsToListForThoseUsedToIt() {
        assertThat(ask("g.V().count().toList()").values()).containsExactly((long) SIZE);
    }

    @Test
    void givesPlainValues() {
        assertThat(ask("g.V('v0')").values())
                .hasToString("[{id=v0, label=Thing, name=" + "a".repeat(40) + "}]");
        assertThat(ask("g.V('v0').outE('next').limit(1)").values())
                .singleElement()
                .asString()
                .startsWith("{id=")
                .contains("label=next, from=v0, to=v1, fact=");
        assertThat(ask("g.V('v0').out().limit(1).path().by(id)").values())
                .hasToString("[[v0, v1]]");
        assertThat(ask("g.V('v0').out().limit(1).path()").values())
                .asString()
                .startsWith("[[{id=v0");
        assertThat(ask("g.V('v0').groupCount()").values()).hasToString("[{v0=1}]");
        assertThat(ask("g.inject(1, '1').groupCount()").values())
                .hasToString("[[{key=1, value=1}, {key=1, value=1}]]");
        assertThat(ask("g.inject(null)").values()).containsExactly((Object) null);
        assertThat(ask("g.inject(NaN)").values()).containsExactly("NaN");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    g.addV('x')                                              | addV() is not allowed
                    g.V().addE('x').to('y')                                  | addE() is not allowed
                    g.V().drop()                                             | drop() is not allowed
                    g.V().property('x', 1)                                   | property() is not allowed
                    g.mergeV([:])                                            | mergeV() is not allowed
                    g.mergeE([:])                                            | mergeE() is not allowed
                    g.V().where(__.drop())                                   | drop() is not allowed
                    g.V().repeat(__.union(out(), __.addV('x'))).times(2)     | addV() is not allowed
                    g.V().choose(has('x'), __.drop(), identity())            | drop() is not allowed
                    g.V().match(__.as('a').drop().as('b'))                   | drop() is not allowed
                    g.V().group().by(__.addV('x'))                           | addV() is not allowed
                    g.V().local(__.sideEffect(__.drop()))                    | sideEffect() is not allowed
                    g.V().has('x', __.drop())                                | drop() is not allowed
                    g.io('/tmp/palimpsest-stolen.json').write()              | is not allowed
                    g.call('x')                                              | call() is not allowed
                    g.V().call('x')                                          | call() is not allowed
                    g.V().fail('x')                                          | fail() is not allowed
                    g.V().subgraph('x').cap('x')                             | subgraph() is not allowed
                    g.V().pageRank()                                         | pageRank() is not allowed
                    g.V().shortestPath()                                     | shortestPath() is not allowed
                    g.withStrategies(ReadOnlyStrategy).V()                   | g.withStrategies(ReadOnlyStrategy) is not allowed
                    g.withoutStrategies(ReadOnlyStrategy).V()                | not Gremlin
                    g.with('evaluationTimeout', 100000).V()                  | is not allowed
                    g.withSideEffect('x', 1).V()                             | is not allowed
                    g.withSack(1).V().sack()                                 | is not allowed
                    g.withComputer().V()                                     | not Gremlin
                    g.tx().rollback()                                        | transactions are not for readers
                    g.tx().commit()                                          | transactions are not for readers
                    g.V().iterate()                                          | leave out .iterate()
                    g.V().explain()                                          | leave out .explain()
                    g.V().next()                                             | leave out .next()
                    g.V().profile()                                          | profile() is not allowed
                    g.V().count(); g.V().count()                             | one traversal at a time
                    g                                                        | begin with a step
                    g.V().map{it.get()}                                      | not Gremlin
                    g.V().map(Lambda.function('it.get()'))                   | not Gremlin
                    System.exit(1)                                           | not Gremlin
                    new File('/etc/passwd').text                             | not Gremlin
                    g.V().filter(                                            | not Gremlin
                    g.inject(1..999999)                                      | ranges such as
                    g.V().has('name', regex('(a+)+b'))                       | regex is not allowed
                    g.V().has('name', notRegex('(a+)+b'))                    | regex is not allowed
                    g.V().has('name', startingWith('b').or(regex('(a+)+b'))) | regex is not allowed
                    g.V().values('name').is(not(regex('(a+)+b')))            | regex is not allowed
                    g.V().tail(2000000000)                                   | tail(n) takes a number of
                    g.V().where(tail(0x7fffffff))                            | tail(n) takes a number of
                    g.V().barrier(2000000000)                                | barrier(n) takes a number of
                    g.inject(1e999999999m, 1).sum()                          | a number has at most
                    g.V().repeat(out())                                      | repeat() needs a bound
                    g.V().repeat(out()).until(has('name', 'x'))              | repeat() needs a bound
                    g.V().repeat(out()).emit()                               | repeat() needs a bound
                    g.V().repeat(out()).times(65)                            | repeat() needs a bound
                    g.V().repeat(out()).times(-1)                            | repeat() needs a bound
                    g.V().repeat(out()).until(loops().is(gt(3)))             | repeat() needs a bound
                    g.V().repeat(out()).until(loops().is(1000000))           | repeat() needs a bound
                    g.V().repeat(out()).until(and(loops().is(3), has('x')))  | repeat() needs a bound
                    g.V().where(repeat(out()).until(has('x')))               | repeat() needs a bound
                    g.V().repeat(repeat(out()).until(has('x'))).times(2)     | repeat() needs a bound
                    g.V().out().values('name').out()                         | the traversal fails
                    """)
    void refusesWhatItMustNotDoAndSaysWhy(String text, String reason) {
        assertThatThrownBy(() -> ask(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
        assertThat(ask("g.V().count()").values()).containsExactly((long) SIZE);
    }

    /// Texts that would run until the machine gives up.
    static Stream<String> greedy() {
        return Stream.of(
                "g.V().repeat(both()).times(12).path().count()",
                "g.V().repeat(both().as('x')).times(60).path().limit(1)",
                "g.V().where(repeat(both()).times(60).path().by(id).is('no'))",
                "g.V().map(repeat(both()).times(60).path().by(id).is('no').count())",
                "g.V().union(repeat(both()).emit().times(40).path().count(), identity())",
                "g.V().choose(repeat(both()).times(40).path().has('x'), identity())",
                "g.V().match(__.as('a').repeat(both()).times(40).path().as('b'))",
                "g.V().group().by(id).by(repeat(both()).times(40).path().count())",
                "g.V().order().by(repeat(both()).times(40).path().count())",
                "g.V().as('a').V().as('b').V().as('c').V().as('d').path().count()",
                "g.inject(1).repeat(union(identity(), identity()).fold()).times(40)",
                "g.inject(1).repeat(union(identity(), identity()).fold()).times(40).dedup()",
                "g.inject(1).repeat(union(identity(), identity()).fold()).times(40).asString()",
                "g.inject('aaaaaaaa').repeat(concat(identity())).times(40).length()",
                "g.inject('aaaaaaaa')" + ".concat(identity())".repeat(40),
                "g.V().as('a').V().as('b').V().id().concat('" + "a".repeat(9_000) + "').order()",
                "g.V().repeat(both()).times(64).count()",
                "g.inject(1).repeat(identity().fold()).times(64).repeat(identity().fold())"
                        + ".times(64)");
    }

    @ParameterizedTest
    @MethodSource("greedy")
    void endsWhatAsksForTooMuch(String text) {
        assertThatThrownBy(() -> ask(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching(
                        "(?s).*(took more than|grew longer|more than .* parts"
                                + "|ways lead to one place|nests deeper).*");

        assertThat(ask("g.V().count()").values()).containsExactly((long) SIZE);
    }

    @Test
    void endsWhatTakesTooLong() {
        var reader =
                new GremlinReader(store, ROWS, new Limits(10, Duration.ofNanos(1), Long.MAX_VALUE));

        assertThatThrownBy(() ->
                        reader.ask(
                                GraphView.of(RowImages.SPACE, ROWS.head()),
                                "g.V().repeat(both()).times(12).path().count()"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("took longer than");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "g.V('v0').repeat(out()).times(2).dedup().count()",
                "g.V('v0').times(2).repeat(out()).dedup().count()",
                "g.V('v0').repeat(out()).until(loops().is(2)).dedup().count()",
                "g.V('v0').repeat(out()).until(loops().is(gte(2))).dedup().count()",
                "g.V('v0').until(loops().is(2)).repeat(out()).dedup().count()",
                "g.V('v0').repeat(out()).until(or(has('name', 'x'), loops().is(2))).dedup().count()",
            })
    void allowsLoopsThatAreBound(String text) {
        assertThat(ask(text).values()).containsExactly(9L);
    }

    @Test
    void refusesTextThatIsTooLongOrTooDeep() {
        assertThatThrownBy(() -> ask("g.V()" + ".out()".repeat(3_000)))
                .hasMessageContaining("at most 10000 characters");
        assertThatThrownBy(() -> ask("g.V()" + ".id()".repeat(1_500)))
                .hasMessageContaining("at most 400 steps");
        assertThatThrownBy(() -> ask("g.inject(" + "[".repeat(2_000) + "]".repeat(2_000) + ")"))
                .hasMessageContaining("split it");
        assertThatThrownBy(() -> ask("g.V()" + ".where(__.out()".repeat(200) + ")".repeat(200)))
                .hasMessageContaining("split it");
        assertThat(ask("g.V('v0')" + ".identity()".repeat(390) + ".id()").values())
                .containsExactly("v0");
    }

    @Test
    void treatsQuotedTextAsText() {
        assertThat(ask("g.inject('g.V().drop()')").values()).containsExactly("g.V().drop()");
        assertThat(ask("g.V('x\\').drop() //').count()").values()).containsExactly(0L);
    }

    private static GremlinReader.Found ask(String text) {
        var reader = new GremlinReader(store, ROWS, SHORT);
        return reader.ask(GraphView.of(RowImages.SPACE, ROWS.head()), text);
    }
}
