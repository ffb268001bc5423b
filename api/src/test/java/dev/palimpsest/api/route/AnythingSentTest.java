package dev.palimpsest.api.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever is sent, the server does not fail and answers as described.
class AnythingSentTest {

    private static final int TRIES = 400;
    private static final List<String> JUNK =
            List.of(
                    "null",
                    "true",
                    "-1",
                    "1e400",
                    "0.1e-400",
                    "\"\"",
                    "\" \"",
                    "[]",
                    "{}",
                    "[[]]",
                    "\"\\u0000\"",
                    "\"\\ud800\"",
                    "9223372036854775808",
                    "\"unknown\"",
                    "\"9999-12-31T23:59:59.9999999Z\"",
                    "\"-9999-01-01T00:00:00Z\"",
                    "\"P1Y\"",
                    "\"2020-01-01\"",
                    "{\"from\": null}",
                    "\"PT9999999999999H\"",
                    "-1e6");

    private static TestServer server;
    private static ApiClient client;

    /// A path and a body that it takes.
    private record Sample(String path, JsonNode body) {}

    @BeforeAll
    static void open() {
        server = new TestServer();
        client = server.client();
        client.put("/v1/spaces/any", "{}").expecting(201);
    }

    @AfterAll
    static void close() {
        server.close();
    }

    private static List<Sample> samples() {
        var api = new DescribedApi();
        var samples = new ArrayList<Sample>();
        for (var name : api.operations()) {
            var parts = name.split(" ");
            if (!parts[0].equals("POST")) {
                continue;
            }
            var operation = api.find("POST", parts[1]).orElseThrow();
            var content = operation.node().at("/requestBody/content/application~1json/examples");
            var path =
                    parts[1].replace("{space}", "any")
                            .replace("{fact}", "00000000-0000-0000-0000-000000000000")
                            .replace("{projection}", "graph");
            content.forEach(example -> samples.add(new Sample(path, example.path("value"))));
        }
        return samples;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theServerDoesNotFail(long seed) {
        var random = new Random(seed);
        var samples = samples();
        assertThat(samples).hasSizeGreaterThan(10);
        for (int i = 0; i < TRIES; i++) {
            var sample = samples.get(random.nextInt(samples.size()));
            var body = sample.body().deepCopy();
            for (int bruise = random.nextInt(3); bruise >= 0; bruise--) {
                bruise(body, random);
            }
            var reply = client.post(sample.path() + "?wait=durable", body.toString());
            if (reply.status() == 422 && reply.text().contains("wait")) {
                reply = client.post(sample.path(), body.toString());
            }
            assertThat(reply.status())
                    .describedAs("seed %d: %s took %s", seed, sample.path(), body)
                    .isLessThan(500);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/%00",
                "/v1/spaces/%00",
                "/v1/spaces/any/entities/%00",
                "/v1/spaces/%2e%2e/entities",
                "/v1/spaces/any/entities/%ff%fe",
                "/v1//spaces",
                "/v1/spaces/any/entities/..%2F..",
                "/v1/spaces/any/entities?name=%00",
                "/v1/spaces/any/entities?name=%",
                "/v1/spaces/;x=y",
                "/v1/spaces/any/entities/a;b",
                "/v1/spaces/any/entities?limit=99999999999",
                "/v1/spaces/any/entities?knownAt=9999-12-31T23:59:59.999999Z",
                "/v1/spaces/any/entities?knownAt=-9999-01-01T00:00:00Z",
                "*",
                "http://localhost/docs"
            })
    void unusualPathsAreAnswered(String path) throws Exception {
        var reply =
                RawRequest.send(
                        server.door().port(),
                        "GET "
                                + path
                                + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assertThat(reply).containsPattern("^HTTP/1.1 [1234]");
    }

    @ParameterizedTest
    @CsvSource({
        "'GARBAGE',400",
        "'GET /docs HTTP/9.9',400",
        "'GET /%zz HTTP/1.1',400",
        "'GET /v1/spaces/%00 HTTP/1.1',400",
        "'GET /../../etc/passwd HTTP/1.1',400"
    })
    void whatNeverReachesARouteIsAProblemToo(String line, String status) throws Exception {
        var reply =
                RawRequest.send(
                        server.door().port(),
                        line + "\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assertThat(reply)
                .containsPattern("^HTTP/1.1 (" + status + ") ")
                .contains("application/problem+json")
                .contains("\"type\":\"/docs#problem-");
    }

    @ParameterizedTest
    @ValueSource(strings = {"name=%zz", "name=%", "name=%ff", "name=%zz&name=b", "%zz=b"})
    void aQueryStringThatCannotBeDecodedIsRefusedAndNotPassedOver(String query) throws Exception {
        var reply =
                RawRequest.send(
                        server.door().port(),
                        "GET /v1/spaces/any/entities?"
                                + query
                                + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assertThat(reply).startsWith("HTTP/1.1 422").contains("a percent sign is %25");
    }

    @Test
    void aHeadThatIsTooLargeIsAProblemToo() throws Exception {
        var reply =
                RawRequest.send(
                        server.door().port(),
                        "GET /docs HTTP/1.1\r\nHost: localhost\r\nX-Long: "
                                + "x".repeat(Limits.LARGEST_HEAD)
                                + "\r\nConnection: close\r\n\r\n");
        assertThat(reply).startsWith("HTTP/1.1 431").contains("head-too-large");
    }

    /// Puts junk somewhere, takes something away, or adds what is not known.
    private static void bruise(JsonNode node, Random random) {
        var deeper = new ArrayList<JsonNode>();
        node.forEach(child -> {
            if (child.isContainerNode() && !child.isEmpty()) {
                deeper.add(child);
            }
        });
        if (!deeper.isEmpty() && random.nextInt(3) > 0) {
            bruise(deeper.get(random.nextInt(deeper.size())), random);
        } else if (node instanceof ObjectNode object) {
            bruise(object, random);
        } else if (node instanceof ArrayNode array) {
            array.add(junk(random));
        }
    }

    private static void bruise(ObjectNode object, Random random) {
        var names = new ArrayList<String>();
        object.fieldNames().forEachRemaining(names::add);
        var name = names.isEmpty() ? "x" : names.get(random.nextInt(names.size()));
        switch (random.nextInt(6)) {
            case 0 -> object.remove(name);
            case 1 -> object.set("un" + name, junk(random));
            default -> object.set(name, junk(random));
        }
    }

    private static JsonNode junk(Random random) {
        return ApiClient.tree(JUNK.get(random.nextInt(JUNK.size())));
    }
}
