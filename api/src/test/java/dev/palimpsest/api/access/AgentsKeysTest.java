package dev.palimpsest.api.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palimpsest.api.oidc.OidcTokens;
import dev.palimpsest.api.oidc.TestIssuer;
import dev.palimpsest.api.route.HttpDoor;
import dev.palimpsest.model.Scope;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Keys at the door of agents.
class AgentsKeysTest {

    private static final String BEGIN =
            """
            {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"protocolVersion": "2025-11-25",
             "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}}
            """;
    private static final String LIST =
            "{\"jsonrpc\": \"2.0\", \"id\": 2, \"method\": \"tools/list\", \"params\": {}}";

    @TempDir private static Path folder;

    private static final TestIssuer ISSUER = new TestIssuer();

    private static KeyedServer server;

    @BeforeAll
    static void open() {
        server = KeyedServer.takingTokensOf(ISSUER, folder);
        server.asRoot("PUT", "/v1/spaces/mine", "{}");
        server.asRoot("PUT", "/v1/spaces/quagga", "{}");
        server.asRoot(
                "POST",
                "/v1/spaces/quagga/memories",
                "{\"id\": \"m\", \"text\": \"the quagga sleeps\", \"source\": \"s\"}");
    }

    @AfterAll
    static void close() {
        server.close();
        ISSUER.close();
    }

    private static McpSyncClient agent(String key) {
        var client =
                McpClient.sync(
                                HttpClientStreamableHttpTransport.builder(server.url().toString())
                                        .addHttpRequestCustomizer((request, _, _, _, _) ->
                                                request.setHeader("Authorization", "Bearer " + key))
                                        .build())
                        .clientInfo(McpSchema.Implementation.builder("agent", "1").build())
                        .requestTimeout(Duration.ofSeconds(60))
                        .build();
        client.initialize();
        return client;
    }

    /// What a tool said, after `!` if it failed.
    private static String call(McpSyncClient agent, String tool, Map<String, Object> arguments) {
        var result = agent.callTool(CallToolRequest.builder(tool).arguments(arguments).build());
        var text = ((TextContent) result.content().getFirst()).text();
        return Boolean.TRUE.equals(result.isError()) ? "!" + text : text;
    }

    @Test
    void aToolDoesWhatTheKeyMayAndNamesWhatItLacks() {
        try (var reader = agent(server.key("mine", Scope.READ))) {
            var said = call(reader, "ask", Map.of("space", "mine", "text", "sleeps"));
            assertThat(said).doesNotStartWith("!");
            assertThat(call(reader, "ask", Map.of("space", "quagga", "text", "sleeps")))
                    .isEqualTo("!this key lacks the scope read for space 'quagga'");
            assertThat(call(reader, "ask", Map.of("text", "sleeps")))
                    .isEqualTo("!this key lacks the scope read for space 'main'");
            assertThat(call(reader, "remember", Map.of("space", "mine", "text", "x")))
                    .isEqualTo("!this key lacks the scope write for space 'mine'");
            assertThat(call(reader, "forget", Map.of("space", "mine", "memory", "m")))
                    .isEqualTo("!this key lacks the scope admin for space 'mine'");
            assertThat(call(reader, "spaces", Map.of())).contains("mine").doesNotContain("quagga");
        }
    }

    @Test
    void everyToolThatIsListedIsRefusedInAnotherSpace() {
        try (var agent = agent(server.key("mine", Scope.values()))) {
            assertThat(agent.listTools().tools())
                    .isNotEmpty()
                    .filteredOn(tool -> !tool.name().equals("spaces"))
                    .allSatisfy(tool ->
                            assertThat(call(agent, tool.name(), Map.of("space", "quagga")))
                                    .startsWith("!this key lacks the scope")
                                    .endsWith("for space 'quagga'"));
        }
    }

    @Test
    void aKeyThatMayWriteMakesItsSpaceAndNoOther() {
        try (var writer = agent(server.key("fresh", Scope.WRITE))) {
            var wanted = Map.<String, Object>of("space", "fresh", "text", "x", "createSpace", true);
            assertThat(call(writer, "remember", wanted)).doesNotStartWith("!");
            wanted = Map.of("space", "other", "text", "x", "createSpace", true);
            assertThat(call(writer, "remember", wanted)).startsWith("!this key lacks");
        }
        assertThat(server.asRoot("GET", "/v1/spaces/other", "").statusCode()).isEqualTo(404);
    }

    @Test
    void noAgentComesInWithoutAKey() {
        for (var method : new String[] {"POST", "GET", "DELETE"}) {
            var reply = send(method, Optional.empty(), Optional.empty(), BEGIN);
            assertThat(reply.statusCode()).as(method).isEqualTo(401);
            assertThat(reply.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        }
        assertThatThrownBy(() -> agent("pal_aaaaaaaa_" + "A".repeat(43)))
                .isInstanceOf(RuntimeException.class);
    }

    @Test
    void aSessionBelongsToTheKeyThatBeganIt() {
        var mine = Optional.of(server.key("mine", Scope.READ));
        var theirs = Optional.of(server.key("mine", Scope.READ));
        var begun = send("POST", mine, Optional.empty(), BEGIN);
        var session = begun.headers().firstValue("Mcp-Session-Id");
        assertThat(session).isPresent();
        assertThat(send("POST", mine, session, LIST).statusCode()).isEqualTo(200);
        for (var method : new String[] {"POST", "GET", "DELETE"}) {
            assertThat(send(method, theirs, session, LIST).statusCode()).as(method).isEqualTo(404);
        }
        assertThat(send("POST", mine, session, LIST).statusCode()).isEqualTo(200);
        assertThat(send("POST", mine, Optional.of("none"), LIST).statusCode()).isEqualTo(404);
    }

    @Test
    void aKeyThatIsRevokedEndsItsSessions() {
        var key = server.key("mine", Scope.READ);
        var session =
                send("POST", Optional.of(key), Optional.empty(), BEGIN)
                        .headers()
                        .firstValue("Mcp-Session-Id");
        assertThat(send("POST", Optional.of(key), session, LIST).statusCode()).isEqualTo(200);
        server.keys().revoke(key.substring(4, 12));
        assertThat(send("POST", Optional.of(key), session, LIST).statusCode()).isEqualTo(401);
    }

    @Test
    void anAgentComesInWithATokenAsWithAKey() {
        try (var reader = agent(ISSUER.token("openid palimpsest:read", List.of("mine")))) {
            var said = call(reader, "ask", Map.of("space", "mine", "text", "sleeps"));
            assertThat(said).doesNotStartWith("!");
            assertThat(call(reader, "ask", Map.of("space", "quagga", "text", "sleeps")))
                    .isEqualTo("!this key lacks the scope read for space 'quagga'");
            assertThat(call(reader, "spaces", Map.of())).contains("mine").doesNotContain("quagga");
        }
        var stranger = ISSUER.token(claims -> claims.audience("other"));
        var refused = send("POST", Optional.of(stranger), Optional.empty(), BEGIN);
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.body())
                .as("in the words for keys")
                .isEqualTo(send("POST", Optional.empty(), Optional.empty(), BEGIN).body());
    }

    @Test
    void aSessionGoesOnWithTheNextTokenOfTheSameSubjectAndOfNoOther() {
        var first = Optional.of(ISSUER.token("palimpsest:read", "mine"));
        var begun = send("POST", first, Optional.empty(), BEGIN);
        var session = begun.headers().firstValue("Mcp-Session-Id");
        var next = Optional.of(ISSUER.token("palimpsest:read palimpsest:write", "mine"));
        assertThat(send("POST", next, session, LIST).statusCode()).isEqualTo(200);
        var other = Optional.of(ISSUER.token(claims -> claims.subject("bob")));
        assertThat(send("POST", other, session, LIST).statusCode()).isEqualTo(404);
    }

    @Test
    void whoAsksMoreOftenThanItsKeyMayIsToldWhenToAskAgain() {
        var slow = Optional.of(server.slowKey(2));
        for (int i = 0; i < 2; i++) {
            assertThat(send("POST", slow, Optional.empty(), BEGIN).statusCode()).isEqualTo(200);
        }
        var here = send("POST", slow, Optional.empty(), BEGIN);
        var there = server.send(slow.get(), "GET", "/v1/spaces", "");
        for (var reply : List.of(here, there)) {
            assertThat(reply.statusCode()).isEqualTo(429);
            assertThat(reply.headers().firstValue("Content-Type"))
                    .contains("application/problem+json");
            assertThat(new String(reply.body(), UTF_8)).contains("may ask 2 times a minute");
            var wait = reply.headers().firstValue("Retry-After").orElseThrow();
            assertThat(Integer.parseInt(wait)).isBetween(1, 30);
        }
        assertThat(
                        server.send(server.key("mine", Scope.READ), "GET", "/v1/spaces", "")
                                .statusCode())
                .isEqualTo(200);
    }

    @Test
    void whoeverCannotBeCheckedIsToldSoAndKeysGoOn() {
        try (var silent = new TestIssuer();
                var tokens = new OidcTokens(silent.issuer(), InstantSource.system());
                var door = server.alsoTaking(tokens)) {
            silent.fallSilent();
            var token = silent.token("palimpsest:read", "mine");
            for (var path : List.of("/v1/spaces", "/mcp")) {
                var reply = ask(door, path, token);
                assertThat(reply.statusCode()).as(path).isEqualTo(503);
                assertThat(reply.headers().firstValue("Retry-After")).isPresent();
                assertThat(new String(reply.body(), UTF_8))
                        .contains("keys of this server are taken as ever");
            }
            var key = server.key("mine", Scope.READ);
            assertThat(ask(door, "/v1/spaces/mine", key).statusCode()).isEqualTo(200);
        }
    }

    private static HttpResponse<byte[]> ask(HttpDoor door, String path, String bearer) {
        return KeyedServer.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + door.port() + path))
                        .header("Authorization", "Bearer " + bearer)
                        .build());
    }

    private static HttpResponse<byte[]> send(
            String method, Optional<String> key, Optional<String> session, String body) {
        var request =
                HttpRequest.newBuilder(server.url().resolve("/mcp"))
                        .header("Content-Type", "application/json")
                        .header("Accept", "application/json, text/event-stream")
                        .timeout(Duration.ofSeconds(30))
                        .method(
                                method,
                                method.equals("POST")
                                        ? BodyPublishers.ofString(body, UTF_8)
                                        : BodyPublishers.noBody());
        key.ifPresent(text -> request.header("Authorization", "Bearer " + text));
        session.ifPresent(id -> request.header("Mcp-Session-Id", id));
        return KeyedServer.send(request.build());
    }
}
