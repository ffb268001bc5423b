package dev.palimpsest.api.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.palimpsest.api.Server;
import dev.palimpsest.api.Settings;
import dev.palimpsest.api.client.Client;
import dev.palimpsest.relational.TestDatabases;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an agent is told that writes all it has to say at once, and not always rightly.
class McpRelayTest {

    private static final JsonMapper JSON = new JsonMapper();

    private static final String BEGIN =
            """
            {"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}}}
            """;

    private static final String BEGUN =
            """
            {"jsonrpc": "2.0", "method": "notifications/initialized"}
            """;

    private static final int INVALID_PARAMS = -32_602;

    @TempDir private static Path folder;

    private static Server server;

    @BeforeAll
    static void open() {
        var postgres =
                new Settings.Postgres(TestDatabases.freshUrl(), Optional.empty(), Optional.empty());
        server = Server.start(new Settings(folder, "127.0.0.1", 0, Optional.of(postgres)), "serve");
        assertThat(server.awaitReady()).isTrue();
    }

    @AfterAll
    static void close() {
        server.close();
    }

    @Test
    void whatIsSaidBeforeTheSessionIsThereWaitsForIt() throws IOException {
        var answers = told(BEGIN, BEGUN, request(1, "tools/list", "{}"), request(2, "ping", "{}"));

        assertThat(answers.get(0).at("/result/serverInfo/name").asText()).isEqualTo("palimpsest");
        assertThat(answers.get(1).at("/result/tools")).isNotEmpty();
        assertThat(answers.get(2).path("result").isObject()).isTrue();
    }

    @Test
    void whoSpeaksBeforeASessionIsBegunIsToldSoAndMayBeginOne() throws IOException {
        var answers =
                told(
                        BEGUN,
                        request(1, "tools/list", "{}"),
                        BEGIN,
                        BEGUN,
                        request(2, "tools/list", "{}"));

        assertThat(answers.get(1).at("/error/message").asText()).contains("initialize");
        assertThat(answers.get(2).at("/result/tools")).isNotEmpty();
    }

    @Test
    void parametersOfAWrongShapeAreAnsweredWithWhatIsWrong() throws IOException {
        var answers =
                told(
                        BEGIN,
                        BEGUN,
                        "{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"tools/call\"}\n",
                        request(2, "tools/call", "[1]"),
                        request(3, "tools/call", "{\"name\": \"spaces\", \"arguments\": \"x\"}"),
                        request(4, "tools/call", "{\"arguments\": {}}"),
                        request(5, "resources/read", "{}"),
                        request(6, "prompts/get", "{\"name\": 7}"),
                        request(7, "tools/list", "\"all\""),
                        request(8, "tools/call", "{\"name\": \"spaces\", \"_meta\": \"x\"}"),
                        request(9, "tools/call", "{\"name\": \"spaces\", \"_meta\": null}"));

        for (int id = 1; id <= 8; id++) {
            var error = answers.get(id).path("error");
            assertThat(error.path("code").asInt()).as("%s", error).isEqualTo(INVALID_PARAMS);
            assertThat(error.path("message").asText()).startsWith("params");
        }
        assertThat(answers.get(9).at("/result/structuredContent/spaces").isArray()).isTrue();
    }

    @Test
    void whoBeginsWronglyMayBeginAgain() throws IOException {
        var answers =
                told(
                        request(0, "initialize", "{}"),
                        BEGUN,
                        BEGIN.replace("\"id\": 0", "\"id\": 1"),
                        BEGUN,
                        request(2, "tools/list", "{}"),
                        BEGIN.replace("\"id\": 0", "\"id\": 3"),
                        BEGUN,
                        request(4, "ping", "{}"));

        assertThat(answers.get(0).at("/error/message").asText()).contains("protocolVersion");
        assertThat(answers.get(2).at("/result/tools")).isNotEmpty();
        assertThat(answers.get(4).path("result").isObject()).isTrue();
    }

    @Test
    void numbersAreKeptAsTheyAreWritten() throws IOException {
        var exact = "0.1234567890123456789012345678901";
        var answers =
                told(
                        BEGIN,
                        BEGUN,
                        remember(1, exact),
                        remember(2, "1e400"),
                        remember(3, "1e999999999"));

        assertThat(answers.get(1).at("/result/isError").asBoolean()).isFalse();
        assertThat(toldText(answers.get(2))).contains("facts[0].value", "digits");
        assertThat(toldText(answers.get(3))).contains("facts[0].value", "digits");
        var read =
                told(
                        BEGIN,
                        BEGUN,
                        request(
                                1,
                                "tools/call",
                                "{\"name\": \"entity\", \"arguments\": {\"id\": \"pi\"}}"));
        assertThat(toldText(read.get(1))).contains(exact);
    }

    private static String remember(int id, String number) {
        return request(
                id,
                "tools/call",
                "{\"name\": \"remember\", \"arguments\": {\"facts\": [{\"subject\": \"pi\","
                        + " \"predicate\": \"is\", \"value\": "
                        + number
                        + "}]}}");
    }

    private static String request(int id, String method, String params) {
        return "{\"jsonrpc\": \"2.0\", \"id\": "
                + id
                + ", \"method\": \""
                + method
                + "\", \"params\": "
                + params
                + "}\n";
    }

    private static String toldText(JsonNode answer) {
        return answer.at("/result/content/0/text").asText();
    }

    /// What is answered to these lines, in the order of the requests.
    private static List<JsonNode> told(String... lines) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var client = new Client(server.url())) {
            new McpRelay(client, "/mcp", new PrintStream(out, true, UTF_8))
                    .run(new ByteArrayInputStream(String.join("", lines).getBytes(UTF_8)));
        }
        List<JsonNode> answers = new ArrayList<>();
        for (var line : (Iterable<String>) out.toString(UTF_8).lines()::iterator) {
            answers.add(JSON.readTree(line));
        }
        answers.sort(Comparator.comparingInt(answer -> answer.path("id").asInt(-1)));
        var asked = Stream.of(lines).filter(line -> line.contains("\"id\": ")).toList();
        assertThat(answers).as("%s", answers).hasSameSizeAs(asked);
        return answers;
    }
}
