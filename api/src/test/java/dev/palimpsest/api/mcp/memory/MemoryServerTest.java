package dev.palimpsest.api.mcp.memory;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The nine tools, as a client of the MCP memory server meets them.
class MemoryServerTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int CALLS = 180;

    @TempDir private static Path folder;

    private static Server server;
    private static HttpClient http;

    @BeforeAll
    static void open() {
        var postgres =
                new Settings.Postgres(TestDatabases.freshUrl(), Optional.empty(), Optional.empty());
        server = Server.start(new Settings(folder, "127.0.0.1", 0, Optional.of(postgres)), "serve");
        assertThat(server.awaitReady()).isTrue();
        http = HttpClient.newHttpClient();
    }

    @AfterAll
    static void close() {
        http.close();
        server.close();
    }

    private static McpSyncClient agent(String address) {
        var transport =
                HttpClientStreamableHttpTransport.builder(server.url().toString())
                        .endpoint(address)
                        .build();
        var client =
                McpClient.sync(transport)
                        .clientInfo(McpSchema.Implementation.builder("scribe", "1").build())
                        .requestTimeout(Duration.ofSeconds(60))
                        .build();
        client.initialize();
        return client;
    }

    private static McpSyncClient agentOf(String space) {
        return agent(MemoryServer.PATH + "?space=" + space);
    }

    @Test
    void thereAreTheNineToolsAndTheirExamplesAreRight() {
        var agent = agent(MemoryServer.PATH);
        var tools = agent.listTools().tools();
        assertThat(tools)
                .extracting(McpSchema.Tool::name)
                .containsExactlyInAnyOrder(
                        "create_entities",
                        "create_relations",
                        "add_observations",
                        "delete_entities",
                        "delete_observations",
                        "delete_relations",
                        "read_graph",
                        "search_nodes",
                        "open_nodes");
        for (var tool : tools) {
            assertThat(tool.description()).isNotBlank();
            var examples = (List<?>) Objects.requireNonNull(tool.inputSchema().get("examples"));
            for (var example : examples) {
                var given = JSON.<JsonNode>valueToTree(example);
                requireFits(tool.inputSchema(), given);
                var result = result(agent, tool.name(), given(given.toString()));
                requireFits(tool.outputSchema(), JSON.valueToTree(result.structuredContent()));
            }
        }
        agent.closeGracefully();
    }

    private static void requireFits(Map<String, Object> schema, JsonNode json) {
        var errors =
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(JSON.<JsonNode>valueToTree(schema).toString())
                        .validate(json.toString(), InputFormat.JSON);
        assertThat(errors).as("%s", json).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void randomCallsAnswerAsPlainListsDo(long seed) throws Exception {
        var space = "random" + seed;
        var agent = agentOf(space);
        var plain = new PlainMemory();
        var calls = new RandomCalls(seed);
        for (int i = 0; i < CALLS; i++) {
            requireSame(agent, plain, calls.next());
            if (i % 60 == 59) {
                noteIn(space, "note-" + i); // somebody else writes, so all is read again
                requireSame(agent, plain, new RandomCalls.Call("read_graph", Map.of()));
            }
        }
        requireFileRoundTrip(space);
        agent.closeGracefully();
    }

    private static void requireSame(McpSyncClient agent, PlainMemory plain, RandomCalls.Call call) {
        var told = result(agent, call.tool(), call.arguments());
        try {
            var expected = JSON.<JsonNode>valueToTree(plain.call(call.tool(), call.arguments()));
            assertThat(told.isError()).as("%s: %s", call, told.content()).isNotEqualTo(true);
            assertThat(JSON.<JsonNode>valueToTree(told.structuredContent()))
                    .as("%s", call)
                    .isEqualTo(expected);
        } catch (PlainMemory.Missing e) {
            assertThat(told.isError()).as("%s", call).isEqualTo(true);
            assertThat(text(told)).isEqualTo(e.getMessage());
        }
    }

    private static void requireFileRoundTrip(String space) throws Exception {
        var file = get("/v1/spaces/" + space + "/export?format=memory-server");
        var copy = space + "-copy";
        make(copy);
        ingest(copy, file);
        assertThat(get("/v1/spaces/" + copy + "/export?format=memory-server")).isEqualTo(file);
        ingest(copy, file);
        assertThat(get("/v1/spaces/" + copy + "/export?format=memory-server")).isEqualTo(file);
    }

    @Test
    void textsAreIndentedByTwoAsTheMemoryServerDoes() {
        var agent = agentOf("indented");
        var ann = "{\"name\": \"Ann\", \"entityType\": \"person\", \"observations\": []}";
        assertThat(text(result(agent, "create_entities", given("{\"entities\": [" + ann + "]}"))))
                .isEqualTo(
                        """
                        [
                          {
                            "name": "Ann",
                            "entityType": "person",
                            "observations": []
                          }
                        ]\
                        """);
        assertThat(text(result(agent, "open_nodes", given("{\"names\": [\"Bo\"]}"))))
                .isEqualTo("{\n  \"entities\": [],\n  \"relations\": []\n}");
        agent.closeGracefully();
    }

    @Test
    void whatIsDeletedStaysInTheHistoryAndIsNoLongerTold() throws Exception {
        var agent = agentOf("history");
        result(
                agent,
                "create_entities",
                given(
                        """
                        {"entities": [{"name": "Ann Lee", "entityType": "person",
                                       "observations": ["likes tea"]}]}
                        """));
        result(
                agent,
                "create_relations",
                given(
                        """
                        {"relations": [{"from": "Ann Lee", "to": "Acme", "relationType": "works at"}]}
                        """));
        var facts = JSON.readTree(get("/v1/spaces/history/entities/Ann%20Lee/facts"));
        assertThat(facts.findValuesAsText("predicate"))
                .containsExactlyInAnyOrder("type", "entityType", "observation", "works_x0020_at");
        result(agent, "delete_entities", given("{\"entityNames\": [\"Ann Lee\", \"nobody\"]}"));
        assertThat(text(result(agent, "read_graph", Map.of())))
                .isEqualTo("{\n  \"entities\": [],\n  \"relations\": []\n}");
        var history = get("/v1/spaces/history/entities/Ann%20Lee/history");
        assertThat(history).contains("likes tea").contains("Ann Lee works at Acme");
        assertThat(JSON.readTree(get("/v1/spaces/history/entities/Ann%20Lee/facts")).path("items"))
                .isEmpty();
        agent.closeGracefully();
    }

    @Test
    void whatOthersSayBetweenTwoEntitiesIsARelationAtOnce() throws Exception {
        var agent = agentOf("others");
        var ann = "{\"name\": \"ann\", \"entityType\": \"person\", \"observations\": []}";
        result(agent, "create_entities", given("{\"entities\": [" + ann + "]}"));
        post(
                "/v1/spaces/others/facts",
                """
                {"subject": "ann", "predicate": "worksFor", "object": {"entity": "acme"},
                 "source": "desk", "statement": "ann is paid by acme"}
                """);
        assertThat(text(result(agent, "open_nodes", given("{\"names\": [\"ann\"]}"))))
                .contains("\"relationType\": \"worksFor\"");
        agent.closeGracefully();
    }

    @Test
    void aCallOfMoreThanARequestHoldsIsWrittenWhole() {
        var agent = agentOf("many");
        var entities =
                IntStream.range(0, 1_100)
                        .mapToObj(i -> entity("e" + i, List.of("one", "one", "of " + i)))
                        .toList();
        result(agent, "create_entities", Map.of("entities", entities));
        var notes = IntStream.range(0, 4_500).mapToObj(i -> "note " + i).toList();
        result(agent, "create_entities", Map.of("entities", List.of(entity("long", notes))));
        var names = IntStream.range(0, 1_099).mapToObj(i -> "e" + i).toList();
        result(agent, "delete_entities", Map.of("entityNames", names));
        var graph =
                JSON.<JsonNode>valueToTree(
                        result(agent, "read_graph", Map.of()).structuredContent());
        assertThat(graph.path("entities").findValuesAsText("name"))
                .containsExactly("e1099", "long");
        assertThat(graph.at("/entities/1/observations")).hasSize(4_500);
        noteIn("many", "later");
        assertThat(
                        JSON.<JsonNode>valueToTree(
                                result(agent, "read_graph", Map.of()).structuredContent()))
                .isEqualTo(graph);
        agent.closeGracefully();
    }

    private static Map<String, Object> entity(String name, List<String> observations) {
        return Map.of("name", name, "entityType", "thing", "observations", observations);
    }

    @Test
    void aWrongCallIsToldTheFieldAndNothingIsWritten() {
        var agent = agentOf("wrong");
        var wrong = result(agent, "create_entities", given("{\"entities\": [{\"name\": \"x\"}]}"));
        assertThat(wrong.isError()).isTrue();
        assertThat(text(wrong))
                .startsWith("entities[0].entityType: must be a string, but is absent")
                .contains("A right call: {");
        var tooLong = "x".repeat(40_000);
        var refused =
                result(
                        agent,
                        "create_entities",
                        Map.of(
                                "entities",
                                List.of(entity("a", List.of()), entity("b", List.of(tooLong)))));
        assertThat(text(refused)).startsWith("entities[1]: string has at most 32768 characters");
        assertThat(text(result(agent, "search_nodes", given("{\"query\": \"\"}"))))
                .startsWith("{\n  \"entities\": [],");
        assertThat(text(result(agentOf("NO%20SPACE"), "read_graph", Map.of())))
                .startsWith("space: a space is named by");
        agent.closeGracefully();
    }

    private static CallToolResult result(
            McpSyncClient agent, String tool, Map<String, Object> arguments) {
        return agent.callTool(CallToolRequest.builder(tool).arguments(arguments).build());
    }

    private static String text(CallToolResult result) {
        return ((TextContent) result.content().getFirst()).text();
    }

    private static Map<String, Object> given(String json) {
        try {
            return new HashMap<>(
                    JSON.readerForMapOf(Object.class).<Map<String, Object>>readValue(json));
        } catch (IOException e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    private static void noteIn(String space, String id) {
        post(
                "/v1/spaces/" + space + "/memories",
                "{\"id\": \"%s\", \"text\": \"a note\", \"source\": \"desk\"}".formatted(id));
    }

    private static void make(String space) throws Exception {
        var request =
                HttpRequest.newBuilder(server.url().resolve("/v1/spaces/" + space))
                        .header("Content-Type", "application/json")
                        .PUT(BodyPublishers.ofString("{}"))
                        .build();
        assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isLessThan(300);
    }

    private static void ingest(String space, String file) throws Exception {
        var path = "/v1/spaces/" + space + "/imports";
        var request =
                HttpRequest.newBuilder(
                                server.url()
                                        .resolve(path + "?format=memory-server&name=memory.jsonl"))
                        .header("Content-Type", "application/octet-stream")
                        .POST(BodyPublishers.ofString(file))
                        .build();
        var answer = http.send(request, BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        var id = JSON.readTree(answer.body()).path("id").asText();
        JsonNode job;
        do {
            Thread.sleep(20);
            job = JSON.readTree(get(path + "/" + id));
        } while (List.of("queued", "running").contains(job.path("state").asText()));
        assertThat(job.path("state").asText()).as("%s", job).isEqualTo("done");
        assertThat(job.path("rejected").asInt()).as("%s", job).isZero();
    }

    private static String get(String path) throws Exception {
        var request = HttpRequest.newBuilder(server.url().resolve(path)).build();
        var answer = http.send(request, BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private static void post(String path, String body) {
        var request =
                HttpRequest.newBuilder(server.url().resolve(path))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build();
        try {
            var answer = http.send(request, BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isLessThan(300);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
