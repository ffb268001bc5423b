package dev.palimpsest.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.Evidence;
import dev.palimpsest.model.Memory;
import dev.palimpsest.model.MemoryId;
import dev.palimpsest.model.PredicateName;
import dev.palimpsest.model.Profile;
import dev.palimpsest.model.Qualifiers;
import dev.palimpsest.model.Qualifiers.Delay;
import dev.palimpsest.model.SourceId;
import dev.palimpsest.model.Value;
import dev.palimpsest.port.Statement;
import dev.palimpsest.port.Statement.Replaces;
import dev.palimpsest.port.WriteItem;
import dev.palimpsest.port.WriteItem.Action;
import dev.palimpsest.space.GeoPoint;
import dev.palimpsest.time.Interval;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ItemParserTest {

    private static final Instant SHOCK = Instant.parse("2018-02-06T15:50:42.400Z");

    private final ItemParser parser = ItemParser.forWrites(() -> "made-up");

    @Test
    void readsAnEntityAsStatementsAboutIt() {
        var item =
                item(
                        """
                        {"entity": {"id": "us1000chhc", "type": "Earthquake",
                          "exists": {"from": "2018-02-06T15:50:42.400Z", "until": "2018-02-06T15:50:42.400001Z"},
                          "name": "M 6.4 - 22km NNE of Hualian, Taiwan", "aliases": ["Hualien"],
                          "description": "Strong.", "place": {"lat": 24.1737, "lon": 121.653}, "source": "us"}}
                        """);

        var action = (Action.DescribeEntity) item.action();
        assertThat(action.entity()).isEqualTo(new EntityId("us1000chhc"));
        assertThat(action.statements())
                .allSatisfy(said -> assertThat(said.subject()).isEqualTo(action.entity()))
                .allSatisfy(said -> assertThat(said.source()).isEqualTo(new SourceId("us")))
                .extracting(Statement::predicate, Statement::object, Statement::valid)
                .containsExactly(
                        Tuple.tuple(Profile.TYPE, new Value.Text("Earthquake"), Interval.ALWAYS),
                        Tuple.tuple(
                                Profile.NAME,
                                new Value.Text("M 6.4 - 22km NNE of Hualian, Taiwan"),
                                Interval.ALWAYS),
                        Tuple.tuple(Profile.ALIAS, new Value.Text("Hualien"), Interval.ALWAYS),
                        Tuple.tuple(
                                Profile.DESCRIPTION, new Value.Text("Strong."), Interval.ALWAYS),
                        Tuple.tuple(
                                Profile.PLACE,
                                new Value.Geo(new GeoPoint(24.1737, 121.653)),
                                Interval.ALWAYS),
                        Tuple.tuple(Profile.EXISTS, new Value.Flag(true), Interval.at(SHOCK)));
        assertThat(item.recorded()).isEmpty();
    }

    @Test
    void anEntityTakesThePlaceOfWhatTheSourceSaidButAddsAliases() {
        var action =
                (Action.DescribeEntity)
                        item("""
                        {"entity": {"id": "a", "name": "n", "aliases": ["b", "c"], "source": "s"}}
                        """)
                                .action();

        assertThat(action.statements())
                .extracting(Statement::replaces)
                .containsExactly(Replaces.ALL, Replaces.OVERLAP, Replaces.OVERLAP);
    }

    @Test
    void readsAFactWithAllThatIsSaidBesideIt() {
        var item =
                item(
                        """
                        {"fact": {"subject": "us1000cfn6", "predicate": "triggered", "object": {"entity": "us1000chhc"},
                          "valid": {"from": "2018-02-06T15:50:42.400Z", "until": null}, "source": "nearest-neighbour-rule",
                          "confidence": 0.9, "strength": 0.997, "delay": {"mean": "PT49H54M", "sd": null},
                          "statement": "the M 6.1 led to the M 6.4",
                          "evidence": {"memory": "m-17", "quote": "M 6.4", "offset": 12}}}
                        """);

        assertThat(item.action())
                .isEqualTo(
                        new Action.AssertFact(
                                new Statement(
                                        new EntityId("us1000cfn6"),
                                        new PredicateName("triggered"),
                                        new Value.Entity(new EntityId("us1000chhc")),
                                        Interval.since(SHOCK),
                                        new SourceId("nearest-neighbour-rule"),
                                        new Qualifiers(
                                                OptionalDouble.of(0.9),
                                                OptionalDouble.of(0.997),
                                                Optional.of(
                                                        new Delay(
                                                                Duration.ofMinutes(49 * 60 + 54),
                                                                Optional.empty())),
                                                Optional.of("the M 6.1 led to the M 6.4")),
                                        Optional.of(
                                                new Evidence(
                                                        Optional.of(new MemoryId("m-17")),
                                                        Optional.of("M 6.4"),
                                                        OptionalInt.of(12))),
                                        Replaces.OVERLAP)));
    }

    @Test
    void readsAMemory() {
        var item =
                item(
                        """
                        {"memory": {"id": "m-17", "text": "The ground shook.", "occurred": "2018-02-06T23:50:42.4+08:00",
                          "agent": "desk-1", "session": "s-3", "speaker": "Ana", "place": null,
                          "mentions": ["us1000chhc"], "source": "desk-1", "metadata": {"b": [1, {"z": null, "a": 2.50}], "a": "radio"}}}
                        """);

        assertThat(item.action())
                .isEqualTo(
                        new Action.KeepMemory(
                                new Memory(
                                        new MemoryId("m-17"),
                                        "The ground shook.",
                                        Optional.of(SHOCK),
                                        Optional.of("desk-1"),
                                        Optional.of("s-3"),
                                        Optional.of("Ana"),
                                        Optional.empty(),
                                        List.of(new EntityId("us1000chhc")),
                                        new SourceId("desk-1"),
                                        "{\"a\":\"radio\",\"b\":[1,{\"a\":2.5,\"z\":null}]}")));
    }

    @Test
    void namesWhatComesWithoutAnId() {
        var entity = item("{'entity': {'type': 'Person', 'source': 's'}}");
        var memory = item("{'memory': {'text': 't', 'source': 's'}}");

        assertThat(((Action.DescribeEntity) entity.action()).entity().value()).isEqualTo("made-up");
        assertThat(((Action.KeepMemory) memory.action()).memory().id().value())
                .isEqualTo("made-up");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {'entity': 'us1'}            | Entity[id=us1]
                    {'string': 'six'}            | Text[text=six]
                    {'number': 6.40}             | Numeric[number=6.4]
                    {'number': 1e3}              | Numeric[number=1E+3]
                    {'boolean': false}           | Flag[flag=false]
                    {'instant': '2018-02-06T15:50Z'} | Moment[moment=2018-02-06T15:50:00Z]
                    {'geo': {'lat': -90, 'lon': 180}} | Geo[point=GeoPoint[latitude=-90.0, longitude=180.0]]
                    {'json': {'b': 1, 'a': [ ]}} | Json[canonicalText={"a":[],"b":1}]
                    """,
            quoteCharacter = '`')
    void readsEveryKindOfObject(String json, String expected) {
        assertThat(fact("'object': " + json).object().toString()).isEqualTo(expected);
    }

    @Test
    void aFactWithoutValidTimeHoldsAlways() {
        assertThat(fact("'object': {'number': 1}").valid()).isEqualTo(Interval.ALWAYS);
    }

    @Test
    void anEndMayBeUnknown() {
        var from = Instant.parse("2010-01-01T00:00:00Z");
        var latest = Instant.parse("2012-01-01T00:00:00Z");

        assertThat(valid("'until': 'unknown'"))
                .isEqualTo(new Interval(from, new Interval.End.Unknown(Optional.empty())));
        assertThat(valid("'until': 'unknown', 'atLatest': '2012-01-01T00:00:00Z'"))
                .isEqualTo(new Interval(from, new Interval.End.Unknown(Optional.of(latest))));
    }

    @Test
    void onlyImportsMaySayWhenSomethingWasRecorded() {
        var json =
                """
                {"memory": {"text": "t", "source": "s", "recorded": "2018-02-06T15:50:42.400Z"}}
                """;

        var imported = ItemParser.forImports(() -> "x").parse(json(json));
        assertThat(((Parsed.Item) imported).item().recorded()).contains(SHOCK);
        assertThat(parser.parse(json(json)))
                .isInstanceOfSatisfying(
                        Parsed.Refused.class,
                        refused ->
                                assertThat(refused.refusal().field()).isEqualTo("memory.recorded"));
    }

    @Test
    void theInsideAloneIsReadLikeTheWhole() {
        var inner =
                json("{'subject': 'a', 'predicate': 'p', 'object': {'number': 1}, 'source': 's'}");

        assertThat(parser.parse(ItemKind.FACT, inner))
                .isEqualTo(
                        parser.parse(
                                StrictJson.MAPPER
                                        .createObjectNode()
                                        .set("fact", inner.deepCopy())));
    }

    private Interval valid(String rest) {
        return fact("'object': {'number': 1}, 'valid': {'from': '2010-01-01T00:00:00Z', "
                        + rest
                        + "}")
                .valid();
    }

    private Statement fact(String rest) {
        var json = "{'fact': {'subject': 'a', 'predicate': 'p', 'source': 's', " + rest + "}}";
        return ((Action.AssertFact) item(json).action()).statement();
    }

    private WriteItem item(String json) {
        Parsed parsed = parser.parse(json(json));
        assertThat(parsed).isInstanceOf(Parsed.Item.class);
        return ((Parsed.Item) parsed).item();
    }

    private static JsonNode json(String text) {
        return StrictJson.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}
