package dev.palimpsest.api.mcp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.palimpsest.api.Server;
import dev.palimpsest.api.Settings;
import dev.palimpsest.relational.TestDatabases;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The door of agents, as a client of the protocol meets it.
class McpDoorTest {

    private static final JsonMapper JSON = new JsonMapper();

    @TempDir private static Path folder;

    private static Server server;
    private static McpSyncClient agent;
    private static final Map<String, McpSchema.Tool> TOOLS = new HashMap<>();

    @BeforeAll
    static void open() {
        var postgres =
                new Settings.Postgres(TestDatabases.freshUrl(), Optional.empty(), Optional.empty());
        server = Server.start(new Settings(folder, "127.0.0.1", 0, Optional.of(postgres)), "serve");
        assertThat(server.awaitReady()).isTrue();
        agent = agent("scribe");
        agent.listTools().tools().forEach(tool -> TOOLS.put(tool.name(), tool));
    }

    @AfterAll
    static void close() {
        agent.closeGracefully();
        server.close();
    }

    private static McpSyncClient agent(String name) {
        var transport =
                HttpClientStreamableHttpTransport.builder(server.url().toString())
                        .endpoint(McpDoor.PATH)
                        .build();
        var client =
                McpClient.sync(transport)
                        .clientInfo(McpSchema.Implementation.builder(name, "1").build())
                        .requestTimeout(Duration.ofSeconds(60))
                        .build();
        client.initialize();
        return client;
    }

    @Test
    void everyToolSaysWhatItTakesAndItsExamplesAreRight() {
        assertThat(TOOLS.keySet())
                .containsExactlyInAnyOrder(
                        "remember",
                        "ask",
                        "context",
                        "entity",
                        "history",
                        "causes",
                        "correct",
                        "retract",
                        "forget",
                        "spaces");
        TOOLS.values()
                .forEach(tool -> {
                    assertThat(tool.description()).isNotBlank();
                    assertThat(tool.annotations()).isNotNull();
                    for (var example : JSON.valueToTree(tool.inputSchema()).path("examples")) {
                        requireFits(tool.inputSchema(), example, tool.name());
                    }
                });
    }

    @Test
    void whatIsRememberedIsFoundAtOnceWithWhoSaidItAndWhere() {
        call(
                "remember",
                """
                {"space": "first", "createSpace": true, "speaker": "Bob",
                 "text": "Ann has been running the office in Turin since March.",
                 "occurred": "2026-05-04T09:00:00Z",
                 "entities": [{"id": "ann", "type": "Person", "name": "Ann Lee"}],
                 "facts": [{"subject": "ann", "predicate": "worksFor", "object": "acme",
                            "from": "2026-03-01T00:00:00Z", "quote": "running the office"},
                           {"subject": "ann", "predicate": "age", "value": 41}],
                 "causes": [{"cause": "strike", "effect": "outage", "strength": 0.5, "delay": "PT2H"}]}
                """);
        var hits =
                call(
                        "ask",
                        """
                        {"space": "first", "text": "who runs the office", "kinds": ["memory"]}
                        """);
        assertThat(hits.at("/hits/0/memory/text").asText()).contains("Turin");
        assertThat(hits.at("/hits/0/saidBy/0").asText()).isEqualTo("scribe");

        var ann = call("entity", "{\"space\": \"first\", \"id\": \"ann\"}");
        assertThat(ann.at("/entity/name").asText()).isEqualTo("Ann Lee");
        var worksFor = fact(ann, "worksFor");
        assertThat(worksFor.at("/object/entity").asText()).isEqualTo("acme");
        assertThat(worksFor.at("/valid/from").asText()).isEqualTo("2026-03-01T00:00:00Z");
        assertThat(fact(ann, "age").at("/valid").isEmpty()).isTrue();

        var context = call("context", "{\"space\": \"first\", \"text\": \"Where does Ann work?\"}");
        assertThat(context.path("text").asText()).contains("Bob: Ann has been running");

        var causes = call("causes", "{\"space\": \"first\", \"of\": \"outage\"}");
        assertThat(causes.at("/hits/0/entity/id").asText()).isEqualTo("strike");
        assertThat(causes.at("/hits/0/path/0").asText()).isEqualTo("strike caused outage");
        assertThat(causes.at("/hits/0/probability").asDouble()).isEqualTo(.5);
        assertThat(call("spaces", "{}").findValuesAsText("id")).contains("first");
    }

    @Test
    void aCorrectionKeepsTheTimeAndTheHistoryAndARetractionSaysWhoseWordsThereAre() {
        call(
                "remember",
                """
                {"space": "second", "createSpace": true,
                 "facts": [{"subject": "bo", "predicate": "age", "value": 41,
                            "from": "2025-01-01T00:00:00Z"}]}
                """);
        var wrong = fact(call("entity", "{\"space\": \"second\", \"id\": \"bo\"}"), "age");
        call(
                "correct",
                "{\"space\": \"second\", \"fact\": \"%s\", \"value\": 42, \"reason\": \"counted\"}"
                        .formatted(wrong.path("id").asText()));
        var right = fact(call("entity", "{\"space\": \"second\", \"id\": \"bo\"}"), "age");
        assertThat(right.at("/object/number").asInt()).isEqualTo(42);
        assertThat(right.at("/valid/from").asText()).isEqualTo("2025-01-01T00:00:00Z");
        var history = call("history", "{\"space\": \"second\", \"entity\": \"bo\"}");
        assertThat(history.path("versions")).hasSize(2);
        assertThat(history.at("/versions/0/knownUntil").asText()).isNotEmpty();

        var retraction =
                "{\"space\": \"second\", \"fact\": \"%s\", \"reason\": \"no\", \"source\": \"%s\"}";
        assertThat(refusal("retract", retraction.formatted(right.path("id").asText(), "nobody")))
                .contains("'nobody' says no such thing now")
                .contains("scribe");
        call("retract", retraction.formatted(right.path("id").asText(), "scribe"));
        assertThat(call("entity", "{\"space\": \"second\", \"id\": \"bo\"}").path("facts"))
                .isEmpty();
    }

    @Test
    void aWrongCallIsToldTheFieldTheRuleAndARightOneAndNothingIsWritten() {
        call("remember", "{\"space\": \"third\", \"createSpace\": true, \"text\": \"begin\"}");
        assertThat(
                        refusal(
                                "remember",
                                """
                                {"space": "third", "text": "all or nothing",
                                 "facts": [{"subject": "a", "predicate": "knows", "object": "b"},
                                           {"subject": "a", "predicate": "leads", "object": "b",
                                            "from": "2026-03-01T00:00:00Z",
                                            "until": "2025-03-01T00:00:00Z"}]}
                                """))
                .startsWith("facts[1].until: an interval must end after it starts")
                .contains("A right call: {");
        assertThat(refusal("entity", "{\"space\": \"third\", \"id\": \"a\"}"))
                .contains("there is no entity 'a'");
        assertThat(refusal("ask", "{\"space\": \"third\", \"within\": {\"lat\": 99}}"))
                .startsWith("within.lat: ");
        assertThat(refusal("ask", "{\"wat\": 1}")).startsWith("wat: is not known here");
        assertThat(refusal("ask", "{\"space\": \"third\", \"limit\": 3}"))
                .startsWith("text: is needed, or another of text, types");
        assertThat(refusal("ask", "{\"space\": \"nowhere\", \"text\": \"x\"}")).contains("nowhere");
        assertThat(refusal("remember", "{\"space\": \"typo\", \"text\": \"x\"}"))
                .contains("createSpace");
    }

    @Test
    void forgettingCanBeTriedFirst() {
        call(
                "remember",
                "{\"space\": \"fourth\", \"createSpace\": true, \"entities\":"
                        + " [{\"id\": \"zeb\", \"type\": \"Person\", \"name\": \"Zebediah\"}]}");
        var forget = "{\"space\": \"fourth\", \"entity\": \"zeb\", \"reason\": \"asked\"%s}";
        var tried = call("forget", forget.formatted(", \"dryRun\": true"));
        assertThat(tried.path("forgotten").asBoolean()).isFalse();
        assertThat(tried.at("/touched/entities").asInt()).isEqualTo(1);
        assertThat(call("forget", forget.formatted("")).path("forgotten").asBoolean()).isTrue();
        assertThat(call("ask", "{\"space\": \"fourth\", \"text\": \"Zebediah\"}").path("hits"))
                .isEmpty();
    }

    @Test
    void whatIsKnownHasAddressesThatPeopleCanHandToTheirAgent() throws Exception {
        call(
                "remember",
                """
                {"space": "views", "createSpace": true, "text": "Zoe moved to Łódź in May.", "id": "m/1",
                 "entities": [{"id": "zoe k", "type": "Person", "name": "Zoe"}], "mentions": ["zoe k"]}
                """);
        assertThat(agent.listResources().resources())
                .extracting(McpSchema.Resource::uri)
                .containsExactly("palimpsest://spaces");
        assertThat(agent.listResourceTemplates().resourceTemplates())
                .extracting(McpSchema.ResourceTemplate::uriTemplate)
                .containsExactlyInAnyOrder(
                        "palimpsest://spaces/{space}/entities/{id}",
                        "palimpsest://spaces/{space}/entities/{entity}/history",
                        "palimpsest://spaces/{space}/memories/{id}");

        assertThat(read("palimpsest://spaces").findValuesAsText("id")).contains("views");
        var entity = read("palimpsest://spaces/views/entities/zoe%20k");
        assertThat(entity.at("/entity/name").asText()).isEqualTo("Zoe");
        assertThat(read("palimpsest://spaces/views/entities/zoe%20k/history").path("versions"))
                .isNotEmpty();
        assertThat(read("palimpsest://spaces/views/memories/m%2F1").path("text").asText())
                .isEqualTo("Zoe moved to Łódź in May.");
        assertThatThrownBy(() -> read("palimpsest://spaces/views/memories/m%2F2"))
                .isInstanceOf(McpError.class)
                .hasMessageContaining("there is no memory 'm/2' in space 'views'");
        assertThatThrownBy(() -> read("palimpsest://spaces/views/memories/%zz"))
                .isInstanceOf(McpError.class)
                .hasMessageContaining("percent-encoded");
    }

    private static JsonNode read(String uri) throws IOException {
        var contents =
                agent.readResource(McpSchema.ReadResourceRequest.builder(uri).build()).contents();
        return JSON.readTree(((McpSchema.TextResourceContents) contents.getFirst()).text());
    }

    @Test
    void aPromptHandsTheEvidenceOverAndAnotherHasTheConversationKept() {
        call(
                "remember",
                """
                {"space": "prompts", "createSpace": true, "text": "Ann likes to be called in the morning."}
                """);
        assertThat(prompt("recall", Map.of("space", "prompts", "question", "When to call Ann?")))
                .contains("Question: When to call Ann?")
                .contains("Ann likes to be called in the morning.");
        assertThat(prompt("keep", Map.of("space", "prompts"))).contains("`space`: \"prompts\"");
        assertThatThrownBy(() -> prompt("recall", Map.of("space", "prompts")))
                .isInstanceOf(McpError.class)
                .hasMessageContaining("question");
        assertThatThrownBy(() -> prompt("recall", Map.of("space", "nowhere", "question", "x")))
                .isInstanceOf(McpError.class)
                .hasMessageContaining("nowhere");
    }

    private static String prompt(String name, Map<String, Object> arguments) {
        var request = McpSchema.GetPromptRequest.builder(name).arguments(arguments).build();
        var message = agent.getPrompt(request).messages().getFirst();
        return ((McpSchema.TextContent) message.content()).text();
    }

    @Test
    void foreignPagesAndHostsAreTurnedAway() throws Exception {
        assertThat(statusWith("Origin", "https://evil.example")).isEqualTo(403);
        assertThat(statusWith("Accept", "text/event-stream")).isNotEqualTo(403);
    }

    @Test
    void whatIsNoSessionIsToldHowOneBeginsAndNothingOfTheCode() throws Exception {
        for (var accept : List.of("*/*", "application/json, text/event-stream")) {
            try (var client = HttpClient.newHttpClient()) {
                var request =
                        HttpRequest.newBuilder(server.url().resolve(McpDoor.PATH))
                                .header("Content-Type", "application/json")
                                .header("Accept", accept)
                                .POST(
                                        BodyPublishers.ofString(
                                                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}"))
                                .build();
                var reply = client.send(request, BodyHandlers.ofString());
                assertThat(reply.statusCode()).isEqualTo(400);
                assertThat(JSON.readTree(reply.body()).at("/error/message").asText())
                        .contains("initialize", "Accept: application/json");
                assertThat(reply.body()).doesNotContain("stackTrace", "modelcontextprotocol");
            }
        }
    }

    @Test
    void whatIsNoMessageIsRefusedWhateverItIs() throws Exception {
        byte[][] bodies = {
            {0, 0, 0x7B, 0},
            {0, 0, 0, 0x7B, 0, 0},
            {},
            "[{},{}]".getBytes(UTF_8),
            "{\"id\":".getBytes(UTF_8)
        };
        for (byte[] body : bodies) {
            try (var client = HttpClient.newHttpClient()) {
                var request =
                        HttpRequest.newBuilder(server.url().resolve(McpDoor.PATH))
                                .header("Content-Type", "application/json")
                                .header("Accept", "application/json, text/event-stream")
                                .POST(BodyPublishers.ofByteArray(body))
                                .build();
                assertThat(client.send(request, BodyHandlers.ofString()).statusCode())
                        .isEqualTo(400);
            }
        }
    }

    private static int statusWith(String header, String value)
            throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var request =
                    HttpRequest.newBuilder(server.url().resolve(McpDoor.PATH))
                            .header(header, value)
                            .GET()
                            .build();
            return client.send(request, BodyHandlers.ofString()).statusCode();
        }
    }

    private static JsonNode fact(JsonNode entity, String predicate) {
        return StreamSupport.stream(entity.path("facts").spliterator(), false)
                .filter(fact -> fact.path("predicate").asText().equals(predicate))
                .findFirst()
                .orElseThrow();
    }

    /// What a tool answers, which is as it promised.
    private static JsonNode call(String tool, String arguments) {
        var result = result(tool, arguments);
        assertThat(result.isError()).as("%s", result.content()).isNotEqualTo(true);
        var told = JSON.valueToTree(result.structuredContent());
        requireFits(Objects.requireNonNull(TOOLS.get(tool)).outputSchema(), told, tool);
        return told;
    }

    private static String refusal(String tool, String arguments) {
        var result = result(tool, arguments);
        assertThat(result.isError()).isEqualTo(true);
        return ((TextContent) result.content().getFirst()).text();
    }

    private static CallToolResult result(String tool, String arguments) {
        try {
            Map<String, Object> given = JSON.readerForMapOf(Object.class).readValue(arguments);
            return agent.callTool(CallToolRequest.builder(tool).arguments(given).build());
        } catch (IOException e) {
            throw new IllegalArgumentException(arguments, e);
        }
    }

    private static void requireFits(Map<String, Object> schema, JsonNode json, String tool) {
        var errors =
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(JSON.<JsonNode>valueToTree(schema).toString())
                        .validate(json.toString(), InputFormat.JSON);
        assertThat(errors).as("%s: %s", tool, json).isEmpty();
    }
}
