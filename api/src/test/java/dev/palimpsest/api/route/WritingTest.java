package dev.palimpsest.api.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.port.Visibility.Level;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WritingTest {

    private static final String QUAKE =
            """
            {"id": "us1000chhc", "type": "Earthquake", "name": "Hualien", "source": "us",
             "exists": {"from": "2018-02-06T15:50:42.400Z", "until": "2018-02-06T15:50:42.400001Z"},
             "place": {"lat": 24.1737, "lon": 121.653}}
            """;
    private static final String MAGNITUDE =
            """
            {"subject": "us1000chhc", "predicate": "magnitude", "object": {"number": %s},
             "valid": {"from": "2018-02-06T15:50:42.400Z"}, "source": "us", "confidence": 0.9,
             "evidence": {"quote": "M 6.4", "offset": 12}}
            """;
    private static final String LINE =
            """
            {"fact": {"subject": "a%1$d", "predicate": "next", "object": {"entity": "a%2$d"}, "source": "us"}}
            """;

    private static TestServer server;
    private static ApiClient client;

    @BeforeAll
    static void open() {
        server = new TestServer();
        client = server.client();
    }

    @AfterAll
    static void close() {
        server.close();
    }

    private static String space(String name) {
        client.put("/v1/spaces/" + name, "{}").expecting(201);
        return "/v1/spaces/" + name;
    }

    @Test
    void aSpaceIsMadeOnceAndKeepsItsSettings() {
        assertThat(client.put("/v1/spaces/once", "{\"strict\": true}").expecting(201).json())
                .isEqualTo(ApiClient.tree("{\"id\": \"once\", \"strict\": true}"));
        client.put("/v1/spaces/once", "{\"strict\": true}").expecting(200);
        client.put("/v1/spaces/once", "{\"strict\": false}").expecting(409);
        assertThat(client.get("/v1/spaces/once").json().path("strict").asBoolean()).isTrue();
    }

    @Test
    void anEntityIsWrittenAndReadBack() {
        var space = space("entity");
        var receipt = client.post(space + "/entities", QUAKE).expecting(200).json();
        assertThat(receipt.at("/results/0/status").asText()).isEqualTo("written");
        assertThat(receipt.at("/results/0/id").asText()).isEqualTo("us1000chhc");
        var entity = client.get(space + "/entities/us1000chhc").expecting(200).json();
        assertThat(entity.path("name").asText()).isEqualTo("Hualien");
        assertThat(entity.at("/place/lat").asDouble()).isEqualTo(24.1737);
        assertThat(entity.at("/exists/until").asText()).isEqualTo("2018-02-06T15:50:42.400001Z");
        assertThat(entity.at("/recorded/until").isNull()).isTrue();
    }

    @Test
    void sayingTheSameTwiceChangesNothing() {
        var space = space("twice");
        client.post(space + "/entities", QUAKE).expecting(200);
        var again = client.post(space + "/entities", QUAKE).expecting(200).json();
        assertThat(again.at("/results/0/status").asText()).isEqualTo("unchanged");
    }

    @Test
    void anArrayIsWrittenAllOrNone() {
        var space = space("array");
        var good = MAGNITUDE.formatted("6.4");
        var bad = good.replace("\"number\"", "\"numbr\"");
        var refused = client.post(space + "/facts", "[" + good + "," + bad + "]").expecting(422);
        assertThat(refused.json().path("line").asInt()).isEqualTo(2);
        assertThat(refused.json().path("field").asText()).isEqualTo("fact.object.numbr");
        client.get(space + "/entities/us1000chhc").expecting(404);
        client.post(space + "/facts", "[" + good + "," + good + "]").expecting(200);
        client.get(space + "/entities/us1000chhc").expecting(200);
    }

    @Test
    void aFactRefusedByTheLedgerNamesItsLineAndTheRule() {
        client.put("/v1/spaces/strict", "{\"strict\": true}").expecting(201);
        var one = client.post("/v1/spaces/strict/facts", MAGNITUDE.formatted("6.4"));
        assertThat(one.expecting(422).json().path("field").asText()).contains("predicate");
        assertThat(one.json().path("rule").asText()).contains("magnitude");
        client.put("/v1/spaces/strict/predicates/magnitude", "{\"object\": \"number\"}")
                .expecting(200);
        client.post("/v1/spaces/strict/facts", MAGNITUDE.formatted("6.4")).expecting(200);
        var other = MAGNITUDE.formatted("6.4").replace("magnitude", "depth");
        var both = "[" + MAGNITUDE.formatted("6.5") + "," + other + "]";
        var refused = client.post("/v1/spaces/strict/facts", both).expecting(422).json();
        assertThat(refused.path("line").asInt()).isEqualTo(2);
    }

    @Test
    void ofNdjsonTheBadLinesAreRefusedAndTheOthersGoIn() {
        var space = space("lines");
        var lines =
                LINE.formatted(1, 2)
                        + "{\"fact\": {\"subject\": \"a2\"}}\n"
                        + "\n"
                        + "not json\n"
                        + "{\"memory\": {\"id\": \"m\", \"text\": \"t\", \"source\": \"s\"}}\n";
        var receipt = client.postLines(space + "/facts", lines).expecting(200).json();
        assertThat(receipt.path("results"))
                .extracting(result -> result.path("line") + " " + result.path("status").asText())
                .containsExactly("1 written", "2 refused", "4 refused", "5 written");
        assertThat(receipt.at("/results/1/problem/field").asText()).isEqualTo("fact.predicate");
        client.get(space + "/memories/m").expecting(200);
    }

    @Test
    void ndjsonLongerThanACommitGoesInWhole() {
        var space = space("long");
        var lines =
                IntStream.range(0, 2_500)
                        .mapToObj(i -> LINE.formatted(i, i + 1))
                        .collect(Collectors.joining());
        var receipt = client.postLines(space + "/facts", lines).expecting(200).json();
        assertThat(receipt.path("results")).hasSize(2_500);
        client.get(space + "/entities/a2500").expecting(200);
    }

    @Test
    void ndjsonSentAgainWithItsKeyIsAnsweredAsBeforeAndWritesNothing() {
        var space = space("again");
        var lines =
                IntStream.range(0, 1_200)
                        .mapToObj(i ->
                                "{\"memory\": {\"text\": \"t%d\", \"source\": \"s\"}}\n"
                                        .formatted(i))
                        .collect(Collectors.joining());
        var headers = Map.of("Content-Type", "application/x-ndjson", "Idempotency-Key", "load-1");
        var first = client.send("POST", space + "/memories", lines, headers).expecting(200).json();
        var again = client.send("POST", space + "/memories", lines, headers).expecting(200).json();
        assertThat(again.path("replayed").asBoolean()).isTrue();
        assertThat(again.path("results").findValuesAsText("id"))
                .isEqualTo(first.path("results").findValuesAsText("id"));
        client.send("POST", space + "/memories", lines + "{}\n", headers).expecting(422);
    }

    @Test
    void theSameLinesWithTheirKeyAsAnImportAreAnotherRequest() {
        var space = space("import-again");
        var lines =
                "{\"memory\": {\"id\": \"m1\", \"text\": \"t\", \"source\": \"s\"}}\n"
                        + "{\"memory\": {\"id\": \"m2\", \"text\": \"t\", \"source\": \"s\","
                        + " \"recorded\": \"2018-02-06T16:02:00Z\"}}\n";
        var headers = Map.of("Content-Type", "application/x-ndjson", "Idempotency-Key", "load-1");
        client.send("POST", space + "/memories", lines, headers).expecting(200);
        var other = client.send("POST", space + "/memories?import=true", lines, headers);
        assertThat(other.expecting(422).json().path("type").asText()).endsWith("key-reused");
    }

    @Test
    void aDefinitionIsAnsweredWithoutATime() {
        var space = space("definitions");
        var predicate = client.put(space + "/predicates/magnitude", "{}").expecting(200).json();
        var source = client.put(space + "/sources/us", "{}").expecting(200).json();
        for (var receipt : List.of(predicate, source)) {
            assertThat(receipt.at("/results/0/status").asText()).isEqualTo("written");
            assertThat(receipt.at("/results/0").has("recorded")).isFalse();
        }
    }

    @Test
    void aRequestSentAgainWithItsKeyIsAnsweredAsBeforeAndAnotherIsRefused() {
        var space = space("keys");
        var headers = Map.of("Content-Type", "application/json", "Idempotency-Key", "k-1");
        var body = MAGNITUDE.formatted("6.4");
        var first = client.send("POST", space + "/facts", body, headers).expecting(200).json();
        var again = client.send("POST", space + "/facts", body, headers).expecting(200).json();
        assertThat(first.path("replayed").asBoolean()).isFalse();
        assertThat(again.path("replayed").asBoolean()).isTrue();
        assertThat(again.path("results")).isEqualTo(first.path("results"));
        var other = client.send("POST", space + "/facts", MAGNITUDE.formatted("7"), headers);
        assertThat(other.expecting(422).json().path("type").asText()).endsWith("key-reused");
    }

    @Test
    void aMemoryOfTheSameIdWithOtherContentIsAConflict() {
        var space = space("memory");
        var memory =
                "{\"id\": \"m-17\", \"text\": \"%s\", \"source\": \"desk-1\", \"metadata\": {\"b\": 1, \"a\": [2]}}";
        client.post(space + "/memories", memory.formatted("it shook")).expecting(200);
        client.post(space + "/memories", memory.formatted("it shook")).expecting(200);
        client.post(space + "/memories", memory.formatted("it did not")).expecting(409);
        var kept = client.get(space + "/memories/m-17").expecting(200).json();
        assertThat(kept.path("text").asText()).isEqualTo("it shook");
        assertThat(kept.path("metadata")).isEqualTo(ApiClient.tree("{\"a\": [2], \"b\": 1}"));
    }

    @Test
    void aRetractedFactIsNoLongerBelievedAndItsHistoryStays() {
        var space = space("retract");
        var id =
                client.post(space + "/facts", MAGNITUDE.formatted("6.4"))
                        .json()
                        .at("/results/0/id");
        var fact = space + "/facts/" + id.asText();
        client.post(fact + "/retract", "{\"source\": \"us\", \"reason\": \"a blast\"}")
                .expecting(200);
        var after = client.get(fact).expecting(200).json();
        assertThat(after.path("versions")).isEmpty();
        assertThat(after.at("/object/number").decimalValue()).isEqualByComparingTo("6.4");
        var history = client.get(fact + "/history").expecting(200).json();
        assertThat(history.path("items")).hasSize(1);
        assertThat(history.at("/items/0/recorded/until").isTextual()).isTrue();
    }

    @Test
    void aCorrectedFactGivesWayToTheNewOne() {
        var space = space("correct");
        var id =
                client.post(space + "/facts", MAGNITUDE.formatted("6.1"))
                        .json()
                        .at("/results/0/id");
        var correction = "{\"reason\": \"revised\", \"fact\": " + MAGNITUDE.formatted("6.4") + "}";
        client.post(space + "/facts/" + id.asText() + "/correct", correction).expecting(200);
        var facts = client.get(space + "/entities/us1000chhc/facts?predicate=magnitude").json();
        assertThat(facts.path("items")).hasSize(1);
        assertThat(facts.at("/items/0/object/number").decimalValue()).isEqualByComparingTo("6.4");
    }

    @ParameterizedTest
    @EnumSource(Level.class)
    void aWriteThatIsNotYetVisibleIsDurableAndSaysSo(Level level) {
        var space = space("wait-" + level.name().toLowerCase(Locale.ROOT));
        server.visible = false;
        try {
            int wanted = level == Level.DURABLE ? 200 : 202;
            var path = space + "/entities?wait=" + level.name().toLowerCase(Locale.ROOT);
            var receipt = client.post(path, QUAKE).expecting(wanted).json();
            assertThat(receipt.path("visible").asBoolean()).isEqualTo(wanted == 200);
        } finally {
            server.visible = true;
        }
        client.get(space + "/entities/us1000chhc").expecting(200);
    }

    @Test
    void whenProjectionsLagTooFarWritesAreTurnedAway() {
        var space = space("lag");
        server.lag = 10_000_000;
        try {
            client.post(space + "/entities", QUAKE).expecting(429);
        } finally {
            server.lag = 0;
        }
    }

    @Test
    void onlyImportsSayWhenSomethingWasRecorded() {
        var space = space("import");
        var line =
                "{\"entity\": {\"id\": \"e\", \"type\": \"City\", \"source\": \"s\","
                        + " \"recorded\": \"2018-02-06T16:00:00Z\"}}\n";
        var refused = client.postLines(space + "/entities", line).expecting(200).json();
        assertThat(refused.at("/results/0/problem/field").asText()).isEqualTo("entity.recorded");
        client.postLines(space + "/entities?import=true", line).expecting(200);
        var entity = client.get(space + "/entities/e").expecting(200).json();
        assertThat(entity.at("/recorded/from").asText()).startsWith("2018-02-06T16:00:00");
    }

    @Test
    void featuresGoInAsTheMappingReadsThem() {
        var space = space("features");
        var example =
                new DescribedApi()
                        .root()
                        .at("/paths/~1v1~1spaces~1{space}~1features/post/requestBody/content")
                        .at("/application~1json/examples/quake/value");
        client.post(space + "/features", example.toString()).expecting(200);
        assertThat(client.get(space + "/entities/us1000chhc").json().path("type").asText())
                .isEqualTo("Earthquake");
    }
}
