package dev.palimpsest.api.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.space.Polygon;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BadInputTest {

    private static final String SPACE = "/v1/spaces/bad";
    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

    private static TestServer server;
    private static ApiClient client;

    @BeforeAll
    static void open() {
        server = new TestServer();
        client = server.client();
        client.put(SPACE, "{}").expecting(201);
    }

    @AfterAll
    static void close() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // path | body | field | words of the rule
                "/entities | {'id': 'e', 'source': 's', 'name': 'n', 'colour': 'red'} | entity.colour | known",
                "/entities | {'id': 'e', 'source': 's', 'name': 7} | entity.name | string",
                "/entities | {'id': 'e', 'name': 'n'} | entity.source | required",
                "/entities | {'id': 'e', 'source': 's', 'place': {'lat': 91, 'lon': 0}} | entity.place.lat | between -90 and 90",
                "/entities | {'id': 'e', 'source': 's', 'place': {'lat': 1, 'lon': 181}} | entity.place.lon | between -180 and 180",
                "/entities | {'id': 'e', 'source': 's', 'exists': {'from': '2020-01-02T00:00:00Z', 'until': '2020-01-01T00:00:00Z'}} | entity.exists | end after it starts",
                "/entities | {'id': 'e', 'source': 's', 'exists': {'from': 'yesterday'}} | entity.exists.from | moment",
                "/entities | {'id': '', 'source': 's', 'name': 'n'} | entity.id | 1 to 200",
                "/entities | {'id': 'e', 'source': 's', 'type': 'no word'} | entity.type | named by",
                "/entities | 'text' | entity | object",
                "/entities | [] | | 1 to 1000",
                "/facts | {'subject': 'a', 'predicate': 'p', 'object': {'number': 'six'}, 'source': 's'} | fact.object.number | number",
                "/facts | {'subject': 'a', 'predicate': 'p', 'object': {}, 'source': 's'} | fact.object | exactly one",
                "/facts | {'subject': 'a', 'predicate': 'p', 'object': {'number': 1}, 'source': 's', 'confidence': 1.5} | fact.confidence | between 0 and 1",
                "/facts | {'subject': 'a', 'predicate': 'p', 'object': {'number': 1}, 'source': 's', 'recorded': '2020-01-01T00:00:00Z'} | fact.recorded | import",
                "/facts | {'subject': 'a', 'predicate': 'p', 'object': {'number': 1e999999999}, 'source': 's'} | fact.object.number | digits",
                "/memories | {'text': '', 'source': 's'} | memory.text | 1 to 200000",
                "/memories | {'text': 't', 'source': 's', 'place': [1, 2]} | memory.place | object",
                "/features | {'mapping': {'id': {'from': '@id'}}, 'features': [{}]} | mapping.type | required",
                "/features | {'mapping': {'id': {'from': '@id'}, 'type': {'text': 'T'}, 'source': {'text': 's'}}, 'features': []} | features | 1 to 1000",
                "/gremlin | {'text': 'g.V()'} | text | known",
                "/retrieve | {} | | at least one",
                "/retrieve | {'what': {}} | | at least one",
                "/retrieve | {'whatever': 1} | whatever | known",
                "/retrieve | {'what': {'text': 'x', 'lang': 'en'}} | what.lang | known",
                "/retrieve | {'what': {'text': ' '}} | what.text | 1 to",
                "/retrieve | {'what': {'types': []}} | what.types | 1 to 100",
                "/retrieve | {'what': {'quantities': []}} | what.quantities | 1 to 10",
                "/retrieve | {'what': {'quantities': [{'near': 6, 'half': 1}]}} | what.quantities[0].predicate | required",
                "/retrieve | {'what': {'quantities': [{'predicate': 'p'}]}} | what.quantities[0] | needs near with half, atLeast or atMost",
                "/retrieve | {'what': {'quantities': [{'predicate': 'p', 'near': 6}]}} | what.quantities[0].half | required",
                "/retrieve | {'what': {'quantities': [{'predicate': 'p', 'half': 6}]}} | what.quantities[0].near | required",
                "/retrieve | {'what': {'quantities': [{'predicate': 'p', 'near': 6, 'half': 0}]}} | what.quantities[0].half | more than 0",
                "/retrieve | {'what': {'quantities': [{'predicate': 'p', 'near': 6, 'half': -1}]}} | what.quantities[0].half | more than 0",
                "/retrieve | {'what': {'quantities': [{'predicate': 'p', 'near': 'NaN', 'half': 1}]}} | what.quantities[0].near | number",
                "/retrieve | {'what': {'quantities': [{'predicate': 'p', 'near': 1e999, 'half': 1}]}} | what.quantities[0].near | too large",
                "/retrieve | {'what': {'quantities': [{'predicate': 'p', 'atLeast': 2, 'atMost': 1}]}} | what.quantities[0] | atLeast must not be more than atMost",
                "/retrieve | {'what': {'quantities': [{'predicate': 'p', 'atLeast': 2}, {'predicate': 'p', 'atMost': 1}]}} | what.quantities | twice",
                "/count | {'by': 'day', 'what': {'quantities': [{'predicate': 'p', 'near': 6, 'half': 1}]}} | what.quantities.near | soft",
                "/retrieve | {'where': {'within': {'lat': 91, 'lon': 0, 'km': 5}}} | where.within.lat | between -90 and 90",
                "/retrieve | {'where': {'within': {'lat': 1, 'lon': 0, 'km': 0}}} | where.within.km | more than 0",
                "/retrieve | {'where': {'within': {'south': 5, 'west': 1, 'north': 4, 'east': 2}}} | where.within | north",
                "/retrieve | {'where': {'within': {'type': 'Polygon'}}} | where.within.coordinates | required",
                "/retrieve | {'where': {'within': {'type': 'Polygon', 'coordinates': []}}} | where.within.coordinates | outer ring",
                "/retrieve | {'where': {'within': {'type': 'Point', 'coordinates': [1, 2]}}} | where.within.type | Polygon or MultiPolygon",
                "/retrieve | {'where': {'within': {'type': 'Polygon', 'coordinates': [], 'crs': 'x'}}} | where.within.crs | known",
                "/retrieve | {'where': {'within': {'type': 'Polygon', 'coordinates': [[[0, 0], [0, 9], [9, 9]]]}}} | where.within.coordinates[0] | at least 4",
                "/retrieve | {'where': {'within': {'type': 'Polygon', 'coordinates': [[[0, 0], [0, 9], [9, 9], [9, 0]]]}}} | where.within.coordinates[0] | closed",
                "/retrieve | {'where': {'within': {'type': 'Polygon', 'coordinates': [[[0, 0], [9, 9], [0, 9], [9, 0], [0, 0]]]}}} | where.within.coordinates | cross",
                "/retrieve | {'where': {'within': {'type': 'MultiPolygon', 'coordinates': [[[[0, 0], [9, 9], [0, 9], [9, 0], [0, 0]]]]}}} | where.within.coordinates[0] | cross",
                "/retrieve | {'where': {'within': {'type': 'Polygon', 'coordinates': [[[0, 0], [0, 9], [9, 9], [0, 0]], [[20, 0], [20, 9], [29, 9], [20, 0]]]}}} | where.within.coordinates | hole must lie inside",
                "/retrieve | {'where': {'within': {'type': 'Polygon', 'coordinates': [[[170, 0], [190, 0], [190, 9], [170, 0]]]}}} | where.within.coordinates[0][1][0] | antimeridian",
                "/retrieve | {'where': {'within': {'type': 'Polygon', 'coordinates': [[[0, 91], [0, 9], [9, 9], [0, 91]]]}}} | where.within.coordinates[0][0][1] | lat",
                "/retrieve | {'where': {'within': {'type': 'Polygon', 'coordinates': [[[0], [0, 9], [9, 9], [0]]]}}} | where.within.coordinates[0][0] | position",
                "/retrieve | {'where': {'within': {'type': 'Polygon', 'coordinates': [[['a', 1], [0, 9], [9, 9], [0]]]}}} | where.within.coordinates[0][0][0] | number",
                "/retrieve | {'where': {'hops': {'from': 'e', 'hops': 50}}} | where.hops.hops | between 1 and 6: 50",
                "/retrieve | {'where': {'hops': {'from': 'e', 'hops': 7}}} | where.hops.hops | between 1 and 6",
                "/context | {} | what.text | required",
                "/context | {'what': {'text': ''}} | what.text | 1 to",
                "/context | {'what': {'text': ' '}} | what.text | 1 to",
                "/context | {'what': {'types': ['A']}} | what.text | required",
                "/context | {'what': {'text': 'x'}, 'tokens': 0} | tokens | between 1 and 100000: 0",
                "/context | {'what': {'text': 'x'}, 'tokens': 1000000} | tokens | between 1 and 100000",
                "/context | {'what': {'text': 'x'}, 'tokens': -1} | tokens | whole number",
                "/context | {'what': {'text': 'x'}, 'tokens': 1.5} | tokens | whole number",
                "/context | {'what': {'text': 'x'}, 'limit': 5} | limit | known",
                "/retrieve | {'what': {'text': 'x'}, 'rerank': true} | rerank | kinds [memory]",
                "/retrieve | {'what': {'types': ['A']}, 'kinds': ['memory'], 'diversity': 0.5} | diversity | what.text",
                "/retrieve | {'what': {'text': 'x'}, 'kinds': ['memory'], 'diversity': 1.5} | diversity | between 0 and 1",
                "/context | {'what': {'text': 'x'}, 'diversity': -0.1} | diversity | between 0 and 1",
                "/count | {'by': 'day', 'rerank': true} | rerank | known",
                "/count | {} | by | required",
                "/count | {'by': 'hour'} | by | one of day, type, cell, predicate",
                "/count | {'by': 'cell', 'precision': 9} | precision | between 1 and 8: 9",
                "/count | {'by': 'day', 'precision': 5} | precision | cell",
                "/count | {'by': 'day', 'groups': 0} | groups | between 1 and 10000",
                "/count | {'by': 'day', 'limit': 5} | limit | known",
                "/count | {'by': 'day', 'what': {'text': 'x'}} | what.text | soft",
                "/count | {'by': 'day', 'where': {'around': {'lat': 1, 'lon': 1, 'halfKm': 1}}} | where.around | soft",
                "/count | {'by': 'day', 'when': {'near': {'at': '2020-01-01T00:00:00Z', 'half': 'PT1H'}}} | when.near | soft",
                "/count | {'by': 'day', 'what': {'types': []}} | what.types | 1 to 100",
                "/retrieve | {'when': {'during': {'from': '2020-01-02T00:00:00Z', 'until': '2020-01-01T00:00:00Z'}}} | when.during | end after it starts",
                "/retrieve | {'when': {'during': {'from': '2020-01-01T00:00:00Z', 'until': '2020-01-01T00:00:00Z'}}} | when.during | end after it starts",
                "/retrieve | {'when': {'during': {'from': '2020-01-01T00:00:00Z', 'until': 'unknown'}}} | when.during | known end",
                "/retrieve | {'when': {'during': {'from': '-10000-01-01T00:00:00Z'}}} | when.during.from | between the years -9999 and 9999",
                "/retrieve | {'when': {'during': {'from': '2020-01-01T00:00:00Z', 'until': '+10000-01-01T00:00:00Z'}}} | when.during.until | between the years -9999 and 9999",
                "/retrieve | {'when': {'allen': {'from': '2020-01-01T00:00:00Z'}}} | when.allen.relation | required",
                "/retrieve | {'when': {'allen': {'relation': 'during'}}} | when.allen.from | required",
                "/retrieve | {'when': {'allen': {'relation': [], 'from': '2020-01-01T00:00:00Z'}}} | when.allen.relation | at least one",
                "/retrieve | {'when': {'allen': {'relation': 'within', 'from': '2020-01-01T00:00:00Z'}}} | when.allen.relation | is one of before, after, meets",
                "/retrieve | {'when': {'allen': {'relation': ['meets', 'touches'], 'from': '2020-01-01T00:00:00Z'}}} | when.allen.relation[1] | is one of",
                "/retrieve | {'when': {'allen': {'relation': 'equals', 'from': '2020-01-01T00:00:00Z', 'until': 'unknown'}}} | when.allen.until | moment",
                "/retrieve | {'when': {'allen': {'relation': 'equals', 'from': '2020-01-01T00:00:00Z', 'until': '2020-01-01T00:00:00Z'}}} | when.allen | end after it starts",
                "/retrieve | {'when': {'near': {'at': '+10000-01-01T00:00:00Z', 'half': 'P1D'}}} | when.near.at | between the years -9999 and 9999",
                "/retrieve | {'when': {'near': {'at': '2020-01-01T00:00:00Z', 'half': 'PT0S'}}} | when.near.half | at least a microsecond",
                "/retrieve | {'when': {'near': {'at': '2020-01-01T00:00:00Z', 'half': '-P1D'}}} | when.near.half | at least a microsecond",
                "/retrieve | {'what': {'text': 'x'}, 'when': {'knownAt': '+10000-01-01T00:00:00Z'}} | when.knownAt | between the years -9999 and 9999",
                "/retrieve | {'when': {'at': '2020-13-01T00:00:00Z'}} | when.at | moment",
                "/retrieve | {'what': {'types': ['A']}, 'when': {'asked': '2020-01-01T00:00:00Z'}} | when.asked | what.text",
                "/context | {'what': {'text': 'x'}, 'when': {'asked': 'last year'}} | when.asked | moment",
                "/retrieve | {'when': {'near': {'at': '2020-01-01T00:00:00Z', 'half': 'an hour'}}} | when.near.half | duration",
                "/retrieve | {'what': {'text': 'x'}, 'when': {'possibly': true}} | when.possibly | when.at",
                "/retrieve | {'why': {'causesOf': 'e', 'hops': 0}} | why.hops | between 1 and 6",
                "/retrieve | {'why': {}} | why | causesOf",
                "/retrieve | {'why': {'causesOf': 'e', 'hops': 50}} | why.hops | between 1 and 6",
                "/retrieve | {'why': {'causesOf': 'e', 'paths': 11}} | why.paths | between 1 and"
                        + " 10",
                "/retrieve | {'why': {'between': {'cause': 'e'}}} | why.between.effect | required",
                "/retrieve | {'why': {'between': {'cause': 'e', 'effect': 'e'}}} |"
                        + " why.between.effect | two entities",
                "/retrieve | {'why': {'between': {'cause': 'e', 'effect': 'f', 'hops': 50}}} |"
                        + " why.between.hops | between 1 and 6",
                "/retrieve | {'who': {'minTrust': 0.5}} | who.minTrust | trust",
                "/retrieve | {'what': {'text': 'x'}, 'limit': 0} | limit | between 1 and 100",
                "/retrieve | {'what': {'text': 'x'}, 'kinds': ['person']} | kinds[0] | one of",
                "/retrieve | {'what': {'text': 'x'}, 'after': 'now'} | after | bookmark",
            })
    void isRefusedByFieldAndRule(String path, String body, String field, String rule) {
        var reply = client.post(SPACE + path, body.replace('\'', '"')).expecting(422);
        var problem = reply.json();
        assertThat(problem.path("field").asText("")).isEqualTo(field == null ? "" : field);
        assertThat(problem.path("rule").asText()).contains(rule);
        assertThat(reply.type()).isEqualTo("application/problem+json");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/entities?colour=red                | colour    | no parameter",
                "/entities?name=a%00b                | name      | U+0000",
                "/entities?limit=0                   | limit     | between 1 and 1000",
                "/entities?limit=many                | limit     | whole number",
                "/entities?knownAt=yesterday         | knownAt   | moment",
                "/entities?type=a&type=b             | type      | once",
                "/entities/e/facts?at=1              | at        | moment",
                "/entities/e/facts?predicate=no%20   | predicate | named by",
                "/entities/e/facts?cursor=nowhere    | cursor    | page",
                "/entities/e/neighbours?cursor=here  | cursor    | page",
                "/entities?cursor=nowhere            | cursor    | page",
                "/sources?cursor=nowhere             | cursor    | page",
                "/facts/no-uuid                      | fact      | UUID",
            })
    void parametersAreRefusedByNameAndRule(String path, String field, String rule) {
        var problem = client.get(SPACE + path).expecting(422).json();
        assertThat(problem.path("field").asText()).isEqualTo(field);
        assertThat(problem.path("rule").asText()).contains(rule);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"id\": ",
                "{\"id\": 1, \"id\": 2}",
                "{} {}",
                "nonsense",
                "{\"id\": NaN}",
                "{'id': 1}",
            })
    void whatIsNotOneJsonValueIsNotJson(String body) {
        for (var path : new String[] {"/entities", "/retrieve", "/gremlin", "/features"}) {
            client.post(SPACE + path, body).expecting(400);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"id\": | it ends in the middle",
                "{\"id\": 1, \"id\": 2} | the key 'id' twice",
                "nonsense | 'nonsense' is no value",
                "{'id': 1} | double quotes",
                "{\"a\": 1,¶ \"b\" 2} | line 2, column",
                "{\"id\": NaN} | 'NaN' is no number"
            })
    void whatIsNotJsonIsToldInPlainWords(String body, String words) {
        var rule =
                client.post(SPACE + "/retrieve", body.replace('¶', '\n'))
                        .expecting(400)
                        .json()
                        .path("rule")
                        .asText();
        assertThat(rule)
                .startsWith("is not JSON at ")
                .contains(words)
                .doesNotContainPattern("token|Stream|Source|code \\d|JsonReadFeature");
    }

    @Test
    void onlyUtf8IsTakenAndAByteOrderMarkIsSkipped() {
        var latin = Map.of("Content-Type", "application/json; charset=iso-8859-1");
        client.send("POST", SPACE + "/retrieve", "{}", latin).expecting(415);
        var utf8 = Map.of("Content-Type", "application/json; charset=\"UTF-8\"");
        var entity = "{\"id\": \"marked\", \"name\": \"n\", \"source\": \"s\"}";
        client.send("POST", SPACE + "/entities", "\uFEFF" + entity, utf8).expecting(200);
        var lines = client.postLines(SPACE + "/entities", "\uFEFF{\"entity\": " + entity + "}\n");
        assertThat(lines.expecting(200).json().at("/results/0/status").asText())
                .isEqualTo("unchanged");
    }

    @Test
    void theRootSaysWhereToGoOn() {
        var root = client.get("/").expecting(200).json();
        assertThat(root.path("links"))
                .isNotEmpty()
                .allSatisfy(link -> client.send("GET", link.asText(), "", Map.of()).expecting(200));
    }

    @Test
    void aLineRegistersAPredicate() {
        var line =
                "{\"predicate\": {\"id\": \"chief\", \"functional\": true}}\n{\"predicate\": {\"id\": \"b\", \"recorded\": 1}}\n";
        var results =
                client.postLines(SPACE + "/facts", line).expecting(200).json().path("results");
        assertThat(results.at("/0/status").asText()).isEqualTo("written");
        assertThat(results.at("/1/problem/field").asText()).isEqualTo("predicate.recorded");
        var chief = client.get(SPACE + "/predicates/chief").expecting(200).json();
        assertThat(chief.path("functional").asBoolean()).isTrue();
    }

    @Test
    void anEmptyBodyIsNotJson() {
        client.send("POST", SPACE + "/entities", "", JSON).expecting(400);
    }

    @Test
    void jsonThatIsTooDeepIsRefused() {
        var deep = "[".repeat(200) + "]".repeat(200);
        var problem = client.post(SPACE + "/retrieve", deep).expecting(400).json();
        assertThat(problem.path("rule").asText()).contains("depth");
    }

    @Test
    void aBodyThatIsTooLargeIsRefused() {
        var text = "x".repeat(Limits.LARGEST_QUESTION);
        client.post(SPACE + "/retrieve", "{\"what\": {\"text\": \"" + text + "\"}}").expecting(413);
        client.post(SPACE + "/entities", "\"" + "x".repeat(Limits.LARGEST_BODY) + "\"")
                .expecting(413);
    }

    /// A server that closes on bytes it has not read resets the connection, and its answer is lost.
    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/plain"})
    void whoSendsTooMuchBeforeItListensHearsSo(String type) throws Exception {
        var body = "x".repeat(Limits.LARGEST_BODY + (4 << 20));
        for (int i = 0; i < 5; i++) {
            var reply =
                    RawRequest.send(
                            server.door().port(),
                            "POST "
                                    + SPACE
                                    + "/entities HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
                                    + type
                                    + "\r\nContent-Length: "
                                    + body.length()
                                    + "\r\nConnection: close\r\n\r\n"
                                    + body);
            assertThat(reply).startsWith("HTTP/1.1 41");
        }
    }

    @Test
    void aPolygonHasABoundedNumberOfPositions() {
        var many = "[0,0],".repeat(Polygon.MOST_POINTS);
        var body =
                "{\"where\": {\"within\": {\"type\": \"Polygon\", \"coordinates\": [["
                        + many
                        + "[0,0]]]}}}";
        var problem = client.post(SPACE + "/retrieve", body).expecting(422).json();
        assertThat(problem.path("field").asText()).isEqualTo("where.within.coordinates");
        assertThat(problem.path("rule").asText())
                .contains("at most 10000 positions")
                .contains("10001");
    }

    @Test
    void moreLinesThanAreTakenAtOnceAreRefusedAndSayWhatIsWritten() {
        var lines = "x\n".repeat(Limits.MOST_LINES + 1);
        client.postLines(SPACE + "/entities", lines).expecting(413);
    }

    @Test
    void charactersThatNoTextCanHoldAreRefused() {
        var problem =
                client.post(SPACE + "/memories", "{\"text\": \"a\\u0000b\", \"source\": \"s\"}")
                        .expecting(422)
                        .json();
        assertThat(problem.path("field").asText()).isEqualTo("memory.text");
    }

    @Test
    void bytesThatAreNotUtf8AreNotJson() throws Exception {
        var reply =
                RawRequest.send(
                        server.door().port(),
                        "POST "
                                + SPACE
                                + "/memories HTTP/1.1\r\nHost: localhost\r\n"
                                + "Content-Type: application/json\r\nContent-Length: 4\r\n"
                                + "Connection: close\r\n\r\n\"\u00ff\u00fe\"");
        assertThat(reply).startsWith("HTTP/1.1 400").contains("UTF-8");
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/v1/spaces/nowhere",
        "GET,/v1/spaces/nowhere/entities",
        "GET,/v1/spaces/nowhere/predicates",
        "GET,/v1/spaces/nowhere/sources",
        "GET,/v1/spaces/bad/entities/nobody",
        "GET,/v1/spaces/bad/entities/nobody/facts",
        "GET,/v1/spaces/bad/entities/nobody/history",
        "GET,/v1/spaces/bad/memories/none",
        "GET,/v1/spaces/bad/entities/nobody/neighbours",
        "GET,/v1/spaces/bad/predicates/none",
        "GET,/v1/spaces/bad/facts/00000000-0000-0000-0000-000000000000",
        "GET,/v1/spaces/bad/sources/none",
        "GET,/v1/nothing"
    })
    void whatIsNotThereIsNotFound(String method, String path) {
        var reply = client.send(method, path, "", Map.of()).expecting(404);
        assertThat(reply.type()).isEqualTo("application/problem+json");
    }

    @Test
    void anUnknownSpaceIsNotFoundByWritesAndQuestionsEither() {
        var entity = "{\"name\": \"n\", \"source\": \"s\"}";
        client.post("/v1/spaces/nowhere/entities", entity).expecting(404);
        client.postLines("/v1/spaces/nowhere/entities", "{\"entity\": " + entity + "}\n")
                .expecting(404);
        client.post("/v1/spaces/nowhere/retrieve", "{\"what\": {\"text\": \"x\"}}").expecting(404);
        client.post("/v1/spaces/nowhere/count", "{\"by\": \"day\"}").expecting(404);
    }

    @Test
    void aMethodThatAPathDoesNotTakeIsRefused() {
        client.send("DELETE", "/v1/spaces/bad", "", Map.of()).expecting(405);
        client.send("GET", "/v1/spaces/bad/retrieve", "", Map.of()).expecting(405);
    }

    @Test
    void aRetractionSaysWhoseWordsAndWhy() {
        var fact = SPACE + "/facts/00000000-0000-0000-0000-000000000000";
        client.post(fact + "/retract", "{\"reason\": \"r\"}").expecting(422);
        client.post(fact + "/retract", "{\"source\": \"s\"}").expecting(422);
        client.post(fact + "/retract", "{\"source\": \"s\", \"reason\": \"r\"}").expecting(404);
    }

    @Test
    void anIdempotencyKeyThatIsTooLongIsRefused() {
        var headers =
                Map.of("Content-Type", "application/json", "Idempotency-Key", "k".repeat(201));
        client.send("POST", SPACE + "/entities", "{}", headers).expecting(422);
    }
}
