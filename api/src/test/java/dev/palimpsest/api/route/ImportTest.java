package dev.palimpsest.api.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.ingest.job.Imports;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ImportTest {

    private static final Map<String, String> BYTES =
            Map.of("Content-Type", "application/octet-stream");
    private static final String MEMORY = "{\"memory\": {\"text\": \"text %d\", \"source\": \"s\"}}";

    /// More than are written before the end of it can be asked for.
    private static final int MANY = 25_000;

    private static final String COLUMNS =
            """
            {"entity": {"id": {"from": "id"}, "type": {"text": "Person"}, "name": {"from": "name"},
             "source": {"text": "hr"}, "facts": [{"predicate": "age", "kind": "number", "functional": true, "from": "age"}]}}
            """;

    private final TestServer server = new TestServer();
    private final ApiClient client = server.client();

    @BeforeAll
    void makeTheSpaces() {
        for (var space : new String[] {"lines", "table", "twice", "many", "broken"}) {
            client.put("/v1/spaces/" + space, "{}").expecting(201);
        }
    }

    @AfterAll
    void close() {
        server.close();
    }

    @Test
    void anImportIsAcceptedThenReadAndTellsWhatBecameOfIt() {
        var lines =
                MEMORY.formatted(1)
                        + "\nnot json\n{\"memory\": {\"text\": 7, \"source\": \"s\"}}\n";
        var reply = start("lines", "?name=a.ndjson", lines).expecting(202);
        var job = await(reply.headers().getOrDefault("Location", ""));
        assertThat(job.path("state").asText()).isEqualTo("done");
        assertThat(job.path("format").asText()).isEqualTo("ndjson");
        assertThat(job.path("read").asInt()).isEqualTo(3);
        assertThat(job.path("accepted").asInt()).isEqualTo(1);
        assertThat(job.path("rejected").asInt()).isEqualTo(2);
        assertThat(job.path("bytesRead").asInt()).isEqualTo(lines.length());
        var listed = client.get("/v1/spaces/lines/imports").json().path("items");
        assertThat(listed.findValuesAsText("id")).contains(job.path("id").asText());
    }

    @Test
    void whatIsRejectedComesWithItsReasonAndAsItStood() {
        var lines =
                MEMORY.formatted(2) + "\n{\"memory\": {\"text\": 7, \"source\": \"s\"}}\nnot json";
        var path = start("lines", "?name=a.ndjson", lines).headers().getOrDefault("Location", "");
        await(path);
        var rejected = client.send("GET", path + "/rejected", "", Map.of()).expecting(200).text();
        assertThat(rejected.lines())
                .satisfiesExactly(
                        one ->
                                assertThat(ApiClient.tree(one).toString())
                                        .contains(
                                                "\"line\":2",
                                                "\"field\":\"memory.text\"",
                                                "must be a string")
                                        .contains("\\\"text\\\": 7"),
                        two -> assertThat(two).contains("\"line\":3").contains("is not JSON"));
    }

    @ParameterizedTest
    @CsvSource({"name", "source"})
    void aNameOrSourceLongerThanDescribedIsRefusedBeforeAnythingIsRead(String parameter) {
        var query = "?name=a.ndjson&%s=%s".formatted(parameter, "a".repeat(201));
        var reply = start("lines", query.replace("name=a.ndjson&name", "name"), "");
        assertThat(reply.status()).as(reply.text()).isEqualTo(422);
        assertThat(reply.json().path("field").asText()).isEqualTo(parameter);
    }

    @Test
    void theSameFileTwiceChangesNothing() {
        var lines = lines(0, 2_500);
        await(start("twice", "?name=a.ndjson", lines).headers().getOrDefault("Location", ""));
        var again =
                await(
                        start("twice", "?name=b.ndjson", lines)
                                .headers()
                                .getOrDefault("Location", ""));
        assertThat(again.path("written").asInt()).isZero();
        assertThat(again.path("unchanged").asInt()).isEqualTo(2_500);
    }

    @Test
    void aTableIsReadAsItsMappingSaysAndItsPredicatesAreRegistered() {
        var query =
                "?name=people.csv&mapping=" + URLEncoder.encode(COLUMNS, StandardCharsets.UTF_8);
        var path =
                start("table", query, "id,name,age\nann,Ann,41\nbob,Bob,old\n")
                        .expecting(202)
                        .headers()
                        .getOrDefault("Location", "");
        var job = await(path);
        assertThat(job.path("written").asInt()).as(job.toString()).isEqualTo(1);
        assertThat(client.get(path + "/rejected").text()).contains("\"field\":\"age\"");
        assertThat(
                        client.get("/v1/spaces/table/predicates/age")
                                .json()
                                .path("functional")
                                .asBoolean())
                .isTrue();
        assertThat(client.get("/v1/spaces/table/entities/ann").json().path("name").asText())
                .isEqualTo("Ann");
    }

    @Test
    void oneThatIsCancelledSaysHowFarItCameAndTheRestGoesInLater() {
        var lines = lines(0, MANY);
        var path = start("many", "?name=a.ndjson", lines).headers().getOrDefault("Location", "");
        client.send("DELETE", path, "", Map.of()).expecting(200);
        var job = await(path);
        assertThat(job.path("state").asText()).isEqualTo("cancelled");
        assertThat(job.path("read").asInt()).isLessThan(MANY);
        assertThat(job.path("accepted").asInt()).isEqualTo(job.path("read").asInt());
        var rest =
                await(
                        start("many", "?name=a.ndjson", lines)
                                .headers()
                                .getOrDefault("Location", ""));
        assertThat(rest.path("unchanged").asInt()).isEqualTo(job.path("written").asInt());
        assertThat(rest.path("accepted").asInt()).isEqualTo(MANY);
        client.send("DELETE", path, "", Map.of()).expecting(200);
    }

    @Test
    void theSameDataWhileTheyAreReadAreTheSameImport() {
        var lines = lines(100_000, 125_000);
        var first =
                start("many", "?name=same.ndjson", lines).headers().getOrDefault("Location", "");
        var second =
                start("many", "?name=same.ndjson", lines).headers().getOrDefault("Location", "");
        assertThat(second).isEqualTo(first);
        client.send("DELETE", first, "", Map.of()).expecting(200);
        await(first);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "?name=a.csv                         | a,b         | mapping: is required for csv",
                "?name=a.ndjson&mapping={}           | {}          | mapping: says nothing about ndjson",
                "?name=a.csv&mapping=%7B%22fact%22:1%7D | a,b      | mapping.fact",
                "?name=thing                         | hello       | format: is not told",
                "?format=word                        | hello       | format: must be one of ndjson",
                "?name=a.ndjson&colour=red           | {}          | colour: is no parameter here",
            })
    void whatDoesNotFitIsRefusedBeforeItBegins(String query, String data, String problem) {
        var escaped = query.replace("{}", "%7B%7D");
        var reply = start("broken", escaped, data).expecting(422);
        assertThat(reply.json().path("detail").asText()).startsWith(problem);
        assertThat(client.get("/v1/spaces/broken/imports").json().path("items")).isEmpty();
    }

    @Test
    void aFormOfAWebPageCannotBeginOne() {
        client.send("POST", "/v1/spaces/lines/imports", "x", Map.of("Content-Type", "text/plain"))
                .expecting(415);
    }

    /// A server that closes on bytes it has not read resets the connection, and its answer is lost.
    @Test
    void whoIsRefusedBeforeTheDataAreReadHearsSo() throws IOException {
        var data = "x".repeat(8 << 20);
        for (int i = 0; i < 3; i++) {
            assertThat(raw("/v1/spaces/nowhere/imports?name=a.ndjson", data.length(), data))
                    .startsWith("HTTP/1.1 404");
        }
    }

    @Test
    void whatSaysThatItIsTooLargeIsRefusedBeforeItIsSent() throws IOException {
        assertThat(raw("/v1/spaces/lines/imports?name=a.ndjson", Imports.LARGEST_DATA + 1, "\r\n"))
                .startsWith("HTTP/1.1 413")
                .contains("too-large");
    }

    /// Blank data are not sent, but asked for.
    private String raw(String path, long length, String data) throws IOException {
        var head =
                """
                POST %s HTTP/1.1
                Host: localhost
                Content-Type: application/octet-stream
                Content-Length: %d
                Connection: close
                """
                        .formatted(path, length)
                        .replace("\n", "\r\n");
        var asking = data.isBlank() ? "Expect: 100-continue\r\n" : "";
        return RawRequest.send(
                server.door().port(), head + asking + "\r\n" + (data.isBlank() ? "" : data));
    }

    @Test
    void whatIsNotThereIsSaid() {
        start("nowhere", "?name=a.ndjson", "{}").expecting(404);
        client.get("/v1/spaces/lines/imports/019ac8f0-7c1d-7a52-9b1e-3f0f6d1c2a10").expecting(404);
    }

    private static String lines(int from, int until) {
        return IntStream.range(from, until)
                .mapToObj(MEMORY::formatted)
                .collect(Collectors.joining("\n"));
    }

    private ApiClient.Reply start(String space, String query, String data) {
        return client.send("POST", "/v1/spaces/" + space + "/imports" + query, data, BYTES);
    }

    private JsonNode await(String path) {
        long deadline = System.nanoTime() + Duration.ofMinutes(3).toNanos();
        var job = client.get(path).expecting(200).json();
        while (!job.has("ended")) {
            assertThat(System.nanoTime()).as(job.toString()).isLessThan(deadline);
            job = client.get(path).expecting(200).json();
        }
        return job;
    }
}
