package dev.palimpsest.api.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.palimpsest.api.Server;
import dev.palimpsest.api.Settings;
import dev.palimpsest.api.client.HttpReranker;
import dev.palimpsest.relational.TestDatabases;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The HTTP door of a store with nothing stood in for: what real indexes answer is as openapi.yaml
/// says.
class WholeStoreTest {

    private static final String SPACE = "/v1/spaces/quakes";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir private static Path folder;

    private static HttpServer reranker;
    private static Server server;
    private static ApiClient client;
    private static String beforeTheEffect;

    @BeforeAll
    static void open() throws IOException {
        reranker = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        reranker.createContext("/rerank", WholeStoreTest::rerank);
        reranker.start();
        var url = "http://127.0.0.1:" + reranker.getAddress().getPort() + "/rerank";
        var address = new HttpReranker.Address(URI.create(url), Optional.empty(), Optional.empty());
        var postgres =
                new Settings.Postgres(TestDatabases.freshUrl(), Optional.empty(), Optional.empty());
        server =
                Server.start(
                        new Settings(
                                folder,
                                "127.0.0.1",
                                0,
                                Optional.of(postgres),
                                Optional.of(address)),
                        "serve");
        assertThat(server.awaitReady()).isTrue();
        client = new ApiClient(server.url().getPort());
        client.put(SPACE, "{}").expecting(201);
        client.put(SPACE + "/predicates/triggered", "{\"causal\": true}").expecting(200);
        beforeTheEffect = tell();
    }

    /// The longer a text the better it is.
    private static void rerank(HttpExchange call) throws IOException {
        var results = JsonNodeFactory.instance.arrayNode();
        for (var text : JSON.readTree(call.getRequestBody()).path("documents")) {
            results.addObject()
                    .put("index", results.size() - 1)
                    .put("relevance_score", text.asText().length());
        }
        byte[] body =
                JSON.writeValueAsBytes(
                        JsonNodeFactory.instance.objectNode().set("results", results));
        call.sendResponseHeaders(200, body.length);
        call.getResponseBody().write(body);
        call.close();
    }

    /// Tells of a cause and its effect.
    ///
    /// @return when only the cause was known
    private static String tell() {
        var earlier =
                post(
                        "/entities",
                        """
                        {"id": "us1000cfn6", "type": "Earthquake", "name": "M 6.1 off Hualien",
                         "place": {"lat": 24.17, "lon": 121.71}, "source": "us",
                         "exists": {"from": "2018-02-04T13:56:40Z", "until": "2018-02-04T13:56:40.000001Z"}}
                        """);
        post(
                "/entities",
                """
                {"id": "us1000chhc", "type": "Earthquake", "name": "M 6.4 near Hualien, Taiwan",
                 "place": {"lat": 24.1737, "lon": 121.653}, "source": "us",
                 "exists": {"from": "2018-02-06T15:50:42.400Z", "until": "2018-02-06T15:50:42.400001Z"}}
                """);
        post(
                "/facts",
                """
                {"subject": "us1000cfn6", "predicate": "triggered", "object": {"entity": "us1000chhc"},
                 "valid": {"from": "2018-02-04T13:56:40Z"}, "source": "nearest-neighbour-rule",
                 "strength": 0.997, "delay": {"mean": "PT49H54M"},
                 "statement": "the M 6.1 of 4 February led to the M 6.4 of 6 February"}
                """);
        post(
                "/memories",
                """
                {"id": "m-17", "text": "A hotel in Hualien has collapsed after the strong quake.",
                 "occurred": "2018-02-06T16:02:00Z", "speaker": "announcer", "agent": "desk-1",
                 "mentions": ["us1000chhc"], "source": "desk-1", "metadata": {"channel": "radio"}}
                """);
        return earlier.at("/results/0/recorded").asText();
    }

    private static JsonNode post(String path, String body) {
        var first = client.post(SPACE + path + "?wait=embedded", body);
        // On a busy machine a wait may end early; saying it again changes nothing, and waits on.
        for (var reply = first; reply.status() == 202; ) {
            reply = client.post(SPACE + path + "?wait=embedded", body);
        }
        assertThat(first.status()).isIn(200, 202);
        return first.json();
    }

    @AfterAll
    static void close() {
        server.close();
        reranker.stop(0);
    }

    private static JsonNode ask(String question) {
        return client.post(SPACE + "/retrieve", question).expecting(200).json();
    }

    @Test
    void aQuestionOfAllDimensionsIsAnsweredWithItsReasons() {
        var answer =
                ask(
                        """
                        {"what": {"text": "quake off Hualien", "types": ["Earthquake"]},
                         "where": {"within": {"lat": 24.1, "lon": 121.7, "km": 80},
                                   "around": {"lat": 24.1, "lon": 121.7, "halfKm": 30}},
                         "when": {"during": {"from": "2018-02-04T00:00:00Z", "until": "2018-02-07T00:00:00Z"}},
                         "why": {"causesOf": "us1000chhc", "hops": 3}, "explain": true}
                        """);
        var best = answer.at("/hits/0");
        assertThat(best.path("id").asText()).isEqualTo("us1000cfn6");
        assertThat(best.path("by").has("why")).isTrue();
        assertThat(best.at("/path/0/effect").asText()).isEqualTo("us1000chhc");
        assertThat(best.path("evidence")).isNotEmpty();
        assertThat(answer.path("explain")).isNotEmpty();
    }

    static List<String> questions() {
        var questions = new ArrayList<String>();
        new DescribedApi()
                .root()
                .at("/paths/~1v1~1spaces~1{space}~1retrieve/post/requestBody/content")
                .at("/application~1json/examples")
                .forEach(example -> questions.add(example.path("value").toString()));
        questions.add("{\"what\": {\"text\": \"a building fell\"}, \"kinds\": [\"memory\"]}");
        questions.add(
                "{\"what\": {\"text\": \"led to\"}, \"kinds\": [\"fact\"], \"explain\": true}");
        questions.add("{\"who\": {\"sources\": [\"desk-1\"]}}");
        questions.add("{\"why\": {\"effectsOf\": \"us1000cfn6\"}}");
        questions.add("{\"where\": {\"hops\": {\"from\": \"us1000cfn6\", \"hops\": 2}}}");
        questions.add(
                "{\"when\": {\"near\": {\"at\": \"2018-02-06T16:00:00Z\", \"half\": \"PT1H\"}}}");
        questions.add(
                "{\"when\": {\"at\": \"2018-02-06T15:50:42.400Z\", \"possibly\": true}, \"limit\": 1}");
        questions.add("{\"what\": {\"types\": [\"Earthquake\"]}, \"limit\": 100}");
        return questions;
    }

    @ParameterizedTest
    @MethodSource("questions")
    void everyAnswerIsAsDescribed(String question) {
        assertThat(ask(question).path("hits").isArray()).isTrue();
    }

    @Test
    void theRerankerDecidesWhereItIsAskedFor() {
        post(
                "/memories",
                """
                [{"id": "m-18", "text": "The strong quake near Hualien was felt in Taipei, and lamps swung for a minute.", "source": "desk-2"},
                 {"id": "m-19", "text": "Strong quake near Hualien.", "source": "desk-2"}]
                """);
        var asked =
                """
                {"what": {"text": "strong quake near Hualien"}, "who": {"sources": ["desk-2"]}, "kinds": ["memory"]%s}
                """;

        assertThat(ask(asked.formatted("")).at("/hits/0/id").asText()).isEqualTo("m-19");
        var answer = ask(asked.formatted(", \"rerank\": true"));
        assertThat(answer.at("/hits/0/id").asText()).isEqualTo("m-18");
        assertThat(answer.has("note")).isFalse();
    }

    @Test
    void whatWasNotYetKnownIsNotFoundAndTheAnswerSaysSo() {
        var answer =
                ask(
                        "{\"why\": {\"causesOf\": \"us1000chhc\"}, \"when\": {\"knownAt\": \"%s\"}}"
                                .formatted(beforeTheEffect));
        assertThat(answer.path("hits")).isEmpty();
        assertThat(answer.path("note").asText()).contains("us1000chhc");
    }

    @Test
    void aBookmarkThatIsAheadIsWaitedForAndOneOfAnotherEpochRefused() {
        var bookmark = ask("{\"what\": {\"text\": \"x\"}}").path("bookmark").asText();
        var ahead = bookmark.replaceFirst("[0-9]+$", "999999");
        var question = "{\"what\": {\"text\": \"x\"}, \"after\": \"%s\"}";
        client.post(SPACE + "/retrieve", question.formatted(bookmark)).expecting(200);
        assertThat(client.post(SPACE + "/retrieve", question.formatted(ahead)).status())
                .isIn(409, 422, 503);
        var foreign = UUID.randomUUID() + ".0.1";
        assertThat(client.post(SPACE + "/retrieve", question.formatted(foreign)).status())
                .isIn(409, 422);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'by': 'type', 'kinds': ['entity']} | [{'key':'Earthquake','count':2}]",
                "{'by': 'day', 'kinds': ['entity']} | [{'key':'2018-02-04','count':1},{'key':'2018-02-06','count':1}]",
                "{'by': 'cell', 'precision': 3, 'kinds': ['entity', 'memory']} | [{'key':'wsq','count':3}]",
                "{'by': 'cell', 'kinds': ['entity'], 'where': {'within': {'lat': 24.1, 'lon': 121.7, 'km': 1}}} | []",
                "{'by': 'predicate', 'why': {'effectsOf': 'us1000cfn6'}} | [{'key':'triggered','count':1}]",
                "{'by': 'day', 'who': {'sources': ['desk-1']}} | [{'key':'2018-02-06','count':1}]",
            },
            quoteCharacter = '`')
    void countsInGroups(String question, String groups) {
        var answer =
                client.post(SPACE + "/count", question.replace('\'', '"')).expecting(200).json();
        assertThat(answer.path("groups").toString()).isEqualTo(groups.replace('\'', '"'));
        assertThat(answer.path("bookmark").asText()).isNotEmpty();
        assertThat(answer.path("truncated").asBoolean()).isFalse();
    }

    @Test
    void countsWhatWasKnownThen() {
        var then =
                "{\"by\": \"type\", \"kinds\": [\"entity\"], \"when\": {\"knownAt\": \"%s\"}}"
                        .formatted(beforeTheEffect);
        assertThat(client.post(SPACE + "/count", then).expecting(200).json().path("total").asInt())
                .isEqualTo(1);
    }

    @Test
    void gremlinWalksTheSameFacts() {
        assertThat(gremlin("g.V().count()").toString()).isEqualTo("[2]");
        assertThat(gremlin("g.V('us1000cfn6').out('triggered').id()").toString())
                .isEqualTo("[\"us1000chhc\"]");
        assertThat(gremlin("g.V('us1000cfn6').outE().valueMap()").at("/0/strength").asDouble())
                .isEqualTo(0.997);
        assertThat(gremlin("g.V('us1000cfn6').out().path()").get(0)).hasSize(2);
        var refused = client.post(SPACE + "/gremlin", "{\"gremlin\": \"g.addV('x')\"}");
        assertThat(refused.expecting(422).json().path("rule").asText()).isNotEmpty();
        client.post("/v1/spaces/nowhere/gremlin", "{\"gremlin\": \"g.V()\"}").expecting(404);
    }

    @Test
    void gremlinAskedWhatWillBeKnownSaysThatItIsAsOfNow() {
        var asked = "{\"gremlin\": \"g.V().count()\", \"knownAt\": \"2999-01-01T00:00:00Z\"}";
        var answer = client.post(SPACE + "/gremlin", asked).expecting(200).json();
        assertThat(answer.path("note").asText()).contains("as of now");
        assertThat(answer.path("values").toString()).isEqualTo("[2]");
        assertThat(
                        client.post(SPACE + "/gremlin", "{\"gremlin\": \"g.V().count()\"}")
                                .json()
                                .has("note"))
                .isFalse();
    }

    private static JsonNode gremlin(String text) {
        return client.post(SPACE + "/gremlin", "{\"gremlin\": \"" + text + "\"}")
                .expecting(200)
                .json()
                .path("values");
    }

    @Test
    void everyProjectionAgreesWithTheLedger() {
        client.get("/health/ready").expecting(200);
        var projections = client.get("/v1/projections").expecting(200).json().path("items");
        assertThat(projections).hasSizeGreaterThan(3);
        for (var projection : projections) {
            var name = projection.path("name").asText();
            var found =
                    client.post("/v1/projections/" + name + "/verify", "{}").expecting(200).json();
            assertThat(found.path("differences").asInt()).describedAs(found.toString()).isZero();
            // The words of memories are no rows.
            assertThat(found.path("compared").asInt() > 0).isEqualTo(!name.equals("words"));
        }
        assertThat(client.get("/metrics").expecting(200).text()).contains("palimpsest_");
    }

    @Test
    void aBookmarkThatNoWriteWasAnsweredWithIsRefused() {
        var asked = "{\"what\": {\"text\": \"quake\"}, \"after\": \"%s\"}";
        var last = ask("{\"what\": {\"text\": \"quake\"}}").path("bookmark").asText();
        client.post(SPACE + "/retrieve", asked.formatted(last)).expecting(200);
        var beyond =
                client.post(SPACE + "/retrieve", asked.formatted(last + "00000")).expecting(422);
        assertThat(beyond.json().path("rule").asText()).startsWith("after lies beyond");
    }
}
