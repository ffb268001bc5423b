package dev.palimpsest.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.PredicateName;
import dev.palimpsest.model.Profile;
import dev.palimpsest.model.Value;
import dev.palimpsest.port.Statement;
import dev.palimpsest.port.WriteItem;
import dev.palimpsest.port.WriteItem.Action.DescribeEntity;
import dev.palimpsest.space.GeoPoint;
import dev.palimpsest.time.Interval;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeoJsonReaderTest {

    private static final Instant TIME = Instant.parse("2018-02-06T15:50:42.400Z");

    private static final GeoJsonMapping MAPPING =
            mapping(
                    """
                    {"id": {"from": "@id"}, "type": {"from": "kind", "words": {"quake": "Earthquake"}},
                     "name": {"from": "title"}, "description": {"text": ["{title}, M {mag}.", "Felt by {felt}."]},
                     "time": {"from": "time", "unit": "milliseconds"}, "until": {"from": "end"},
                     "recorded": {"from": "updated", "unit": "seconds"},
                     "source": {"text": "net"}, "quote": {"text": "status {status}"},
                     "facts": [{"predicate": "magnitude", "kind": "number", "functional": true, "from": "mag"},
                               {"predicate": "felt", "kind": "number", "from": "felt"},
                               {"predicate": "near", "kind": "entity", "from": "near"},
                               {"predicate": "tsunami", "kind": "boolean", "from": "tsunami"},
                               {"predicate": "depth", "kind": "number", "from": "@z"}]}
                    """);

    private static final String PROPERTIES =
            "'kind': 'quake', 'title': 'Hualian', 'mag': 6.4, 'felt': null, 'time': 1517932242400";

    @Test
    void aFeatureIsWhatASourceSaysOfAnEntity() throws IOException {
        var feature =
                feature(
                        PROPERTIES
                                + ", 'updated': 1517967111.797, 'status': 'reviewed', 'tsunami': 1, 'near': 'city-1'",
                        "[121.653, 24.1737, 10.64]");
        WriteItem item = only(collection(feature));

        var description = (DescribeEntity) item.action();
        var since = Interval.since(TIME);
        assertThat(description.entity().value()).isEqualTo("q1");
        assertThat(description.statements())
                .extracting(Statement::predicate, Statement::object, Statement::valid)
                .containsExactly(
                        said("type", new Value.Text("Earthquake"), Interval.ALWAYS),
                        said("name", new Value.Text("Hualian"), Interval.ALWAYS),
                        said("description", new Value.Text("Hualian, M 6.4."), Interval.ALWAYS),
                        said(
                                "place",
                                new Value.Geo(new GeoPoint(24.1737, 121.653)),
                                Interval.ALWAYS),
                        said("exists", new Value.Flag(true), Interval.at(TIME)),
                        said("magnitude", Value.Numeric.of(6.4), since),
                        said("near", new Value.Entity(new EntityId("city-1")), since),
                        said("tsunami", new Value.Flag(true), since),
                        said("depth", Value.Numeric.of(10.64), since));
        assertThat(description.statements())
                .allSatisfy(statement -> {
                    assertThat(statement.source().value()).isEqualTo("net");
                    assertThat(statement.evidence().orElseThrow().quote())
                            .contains("status reviewed");
                    assertThat(statement.replaces()).isEqualTo(Statement.Replaces.ALL);
                });
        assertThat(item.recorded()).contains(Instant.parse("2018-02-07T01:31:51.797Z"));
    }

    @Test
    void anEventMayLast() throws IOException {
        var feature = feature(PROPERTIES + ", 'end': '2018-02-06T16:00:00Z'", "[121.653, 24.1737]");

        assertThat(((DescribeEntity) only(collection(feature)).action()).statements())
                .filteredOn(said -> said.predicate().equals(Profile.EXISTS))
                .extracting(Statement::valid)
                .containsExactly(Interval.between(TIME, Instant.parse("2018-02-06T16:00:00Z")));
    }

    @Test
    void aSentenceWithAHoleThatCannotBeFilledIsLeftOut() throws IOException {
        var feature = feature(PROPERTIES.replace("'felt': null", "'felt': 261"), "[0, 0]");

        assertThat(((DescribeEntity) only(collection(feature)).action()).statements())
                .filteredOn(said -> said.predicate().equals(Profile.DESCRIPTION))
                .extracting(Statement::object)
                .containsExactly(new Value.Text("Hualian, M 6.4. Felt by 261."));
    }

    @Test
    void recordedNowForgetsWhenSomeoneElseRecorded() throws IOException {
        var feature = feature(PROPERTIES + ", 'updated': 1517967111", "[0, 0]");
        try (var reader = new GeoJsonReader(stream(collection(feature)), MAPPING.recordedNow())) {
            assertThat(((Parsed.Item) reader.next().orElseThrow().parsed()).item().recorded())
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    'kind': 'eruption', 'mag': 1 | [0, 0]  | properties.kind: must be one of the words of the mapping, but is "eruption"
                    'mag': 1                     | [0, 0]  | properties.kind: is required by the mapping
                    'kind': 'quake', 'mag': 'M6' | [0, 0]  | properties.mag: must be a number, but is "M6"
                    'kind': 'quake', 'tsunami': 2 | [0, 0] | properties.tsunami: must be true, false, 1 or 0, but is 2
                    'kind': 'quake', 'time': 'x' | [0, 0]  | properties.time: must be a number, but is "x"
                    'kind': 'quake', 'time': 1e20 | [0, 0] | properties.time: must lie between the years -9999 and 9999
                    'kind': 'quake', 'time': 1517932242400, 'end': '2018-02-06T15:50:42.4Z' | [0, 0] | properties.end: an interval must end after it starts: 2018-02-06T15:50:42.400Z to 2018-02-06T15:50:42.400Z
                    'kind': 'quake'              | [0, 91] | geometry.coordinates: lat must lie between -90 and 90: 91.0
                    'kind': 'quake'              | [0]     | geometry.coordinates: must be [longitude, latitude] or [longitude, latitude, height], but is an array
                    'kind': 'quake'              | [0, '1'] | geometry.coordinates[1]: must be a number, but is "1"
                    """)
    void aFeatureThatDoesNotFitIsRefusedByItself(String properties, String point, String refusal)
            throws IOException {
        var good = feature(PROPERTIES, "[0, 0]");
        var collection = collection(good, feature(properties, point), good);

        assertThat(read(collection)).containsExactly("1 q1", "2 " + refusal, "3 q1");
    }

    @Test
    void onlyPointsHaveAPlace() throws IOException {
        var nowhere =
                "{'type': 'Feature', 'id': 7, 'properties': {'kind': 'quake'}, 'geometry': null}";
        var line = nowhere.replace("null", "{'type': 'LineString', 'coordinates': []}");

        assertThat(read(collection(nowhere, line)))
                .containsExactly(
                        "1 7", "2 geometry.type: must be \"Point\", but is \"LineString\"");
    }

    @Test
    void otherMembersOfTheCollectionAreSkippedWhereverTheyStand() throws IOException {
        var json =
                "{'metadata': {'a': [1]}, 'features': ["
                        + feature(PROPERTIES, "[0, 0]")
                        + "], 'bbox': [1], 'type': 'FeatureCollection'}";

        assertThat(read(json)).containsExactly("1 q1");
        assertThat(read(collection())).isEmpty();
    }

    @Test
    void whatIsNoCollectionIsRefused() throws IOException {
        var rule = ": must be a GeoJSON FeatureCollection: an object with";
        for (var bad :
                List.of(
                        "",
                        "[]",
                        "7",
                        "{}",
                        "{'features': {}}",
                        "{'type': 'Feature', 'features': []}",
                        "{'features': []}",
                        "{'type': 'FeatureCollection'}",
                        "{'type': 'FeatureCollection', 'features': []} {}")) {
            assertThat(read(bad)).as(bad).singleElement().asString().startsWith("1 " + rule);
        }
    }

    @Test
    void aFileThatBreaksOffSaysWhereAndKeepsWhatCameBefore() throws IOException {
        var whole = collection(feature(PROPERTIES, "[0, 0]"), feature(PROPERTIES, "[0, 0]"));

        assertThat(read(whole.substring(0, whole.length() - 20)))
                .hasSize(2)
                .startsWith("1 q1")
                .last()
                .asString()
                .startsWith("2 : is not JSON at column")
                .endsWith("nothing after it was read");
    }

    @Test
    void anEndlessFeatureIsNotKept() throws IOException {
        var padded = feature(PROPERTIES + ", 'x': '" + "y".repeat(5_000_000) + "'", "[0, 0]");

        assertThat(read(collection(feature(PROPERTIES, "[0, 0]"), padded)))
                .containsExactly(
                        "1 q1", "2 : has at most 4194304 bytes; nothing after it was read");
    }

    @Test
    void theMappingKnowsHowItsPredicatesAreRegistered() {
        assertThat(MAPPING.predicates())
                .filteredOn(predicate -> predicate.functional())
                .extracting(predicate -> predicate.name())
                .containsExactly(new PredicateName("magnitude"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {}                                       | id: is required
                    {'id': {'from': 'a'}, 'typ': 1}          | typ: is not known here; known are id, type
                    {'id': 'a'}                              | id: must be an object, but is "a"
                    {'id': {}}                               | id: must have either from or text
                    {'id': {'from': 'a', 'text': 'b'}}       | id: must have either from or text
                    {'until': {'from': 'a'}}                 | until: goes only with time
                    {'time': {'from': 'a', 'unit': 'days'}}  | time.unit: must be seconds, milliseconds, microseconds, date or year: days
                    {'id': {'from': 'a', 'words': {}}}       | id.words: has 1 to 10000 words
                    {'id': {'from': 'a', 'words': {'b': 1}}} | id.words.b: must be a string, but is 1
                    """)
    void aMappingIsReadStrictly(String json, String refusal) {
        assertThat(catchThrowableOfType(InvalidField.class, () -> mapping(json)))
                .satisfies(e -> assertThat(e.field() + ": " + e.rule()).startsWith(refusal));
    }

    private static Tuple said(String predicate, Value object, Interval valid) {
        return Tuple.tuple(new PredicateName(predicate), object, valid);
    }

    private static GeoJsonMapping mapping(String json) {
        return GeoJsonMapping.parse(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static String feature(String properties, String coordinates) {
        return "{'type': 'Feature', 'id': 'q1', 'properties': {%s}, 'geometry': {'type': 'Point', 'coordinates': %s}}"
                .formatted(properties, coordinates);
    }

    private static String collection(String... features) {
        return "{'type': 'FeatureCollection', 'features': [" + String.join(",", features) + "]}";
    }

    private static WriteItem only(String json) throws IOException {
        try (var reader = new GeoJsonReader(stream(json), MAPPING)) {
            var item = (Parsed.Item) reader.next().orElseThrow().parsed();
            assertThat(reader.next()).isEmpty();
            return item.item();
        }
    }

    private static List<String> read(String json) throws IOException {
        var found = new ArrayList<String>();
        try (var reader = new GeoJsonReader(stream(json), MAPPING)) {
            for (var next = reader.next(); next.isPresent(); next = reader.next()) {
                found.add(next.get().number() + " " + shown(next.get().parsed()));
            }
            assertThat(reader.next()).isEmpty();
        }
        return found;
    }

    private static String shown(Parsed parsed) {
        return switch (parsed) {
            case Parsed.Item(var item) -> ((DescribeEntity) item.action()).entity().value();
            case Parsed.Refused(var refusal) -> refusal.field() + ": " + refusal.rule();
        };
    }

    private static InputStream stream(String json) {
        return new ByteArrayInputStream(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}
