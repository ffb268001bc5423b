package dev.palimpsest.api.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GatekeeperTest {

    private static final String ENTITY = "{\"name\": \"n\", \"source\": \"s\"}";

    private static TestServer server;
    private static ApiClient client;

    @BeforeAll
    static void open() {
        server = new TestServer();
        client = server.client();
        client.put("/v1/spaces/gate", "{}").expecting(201);
    }

    @AfterAll
    static void close() {
        server.close();
    }

    private static String get(String host) throws IOException {
        return RawRequest.send(
                server.door().port(),
                "GET /health/live HTTP/1.1\r\n" + host + "Connection: close\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost", "LocalHost:7400", "127.0.0.1", "127.0.0.1:1", "[::1]:7400"})
    void aRequestForANameOfLoopbackIsLetIn(String host) throws IOException {
        assertThat(get("Host: " + host + "\r\n")).startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example", "evil.example:7400", "localhost.evil.example", "127.0.0.1.nip.io",
                "192.168.0.1", "[::2]", "localhost@evil.example", "xlocalhost"
            })
    void aRequestForAnotherHostIsTurnedAway(String host) throws IOException {
        assertThat(get("Host: " + host + "\r\n")).containsPattern("HTTP/1.1 4(21|00)");
    }

    @Test
    void aRequestForNoHostIsTurnedAway() throws IOException {
        assertThat(get("")).startsWith("HTTP/1.1 400");
        var old = RawRequest.send(server.door().port(), "GET /health/live HTTP/1.0\r\n\r\n");
        assertThat(old).contains(" 421 ");
    }

    @Test
    void theServerAnswersToTheNamesItWasGiven() {
        var settings = new HttpSettings("127.0.0.1", 0, Set.of("Store.Internal"), false);
        assertThat(settings.answersTo())
                .containsExactlyInAnyOrder("127.0.0.1", "[::1]", "localhost", "store.internal");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://evil.example",
                "null",
                "http://localhost:3000",
                "http://127.0.0.1",
                "https://127.0.0.1.evil.example"
            })
    void aWriteFromAPageOfAnotherOriginIsTurnedAway(String origin) {
        var headers = Map.of("Content-Type", "application/json", "Origin", origin);
        client.send("POST", "/v1/spaces/gate/entities", ENTITY, headers).expecting(403);
        client.send("PUT", "/v1/spaces/gate", "{}", headers).expecting(403);
    }

    @Test
    void aWriteFromAPageOfThisServerIsLetIn() {
        var origin = "http://127.0.0.1:" + server.door().port();
        var headers = Map.of("Content-Type", "application/json", "Origin", origin);
        client.send("POST", "/v1/spaces/gate/entities", ENTITY, headers).expecting(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "text/plain",
                "text/plain; application/json",
                "application/xml"
            })
    void whatAFormOfAWebPageCanSendIsNoJson(String type) {
        var headers = Map.of("Content-Type", type);
        for (var path :
                new String[] {"/entities", "/facts", "/retrieve", "/gremlin", "/features"}) {
            client.send("POST", "/v1/spaces/gate" + path, ENTITY, headers).expecting(415);
        }
        client.send("PUT", "/v1/spaces/gate", "{}", headers).expecting(415);
        client.send("PUT", "/v1/spaces/gate/predicates/p", "{}", headers).expecting(415);
        client.send("POST", "/v1/projections/graph/rebuild", "{}", headers).expecting(415);
    }

    @Test
    void aBodyWithoutATypeIsNoJson() {
        client.send("POST", "/v1/spaces/gate/entities", ENTITY, Map.of()).expecting(415);
    }

    @Test
    void aTypeWithItsCharacterSetIsJson() {
        var headers = Map.of("Content-Type", "application/JSON; charset=utf-8");
        client.send("POST", "/v1/spaces/gate/entities", ENTITY, headers).expecting(200);
    }

    @Test
    void anEncodedBodyIsTurnedAway() {
        var headers = Map.of("Content-Type", "application/json", "Content-Encoding", "gzip");
        client.send("POST", "/v1/spaces/gate/entities", ENTITY, headers).expecting(415);
    }

    @Test
    void noAnswerInvitesOtherOrigins() {
        var headers = Map.of("Origin", "http://evil.example");
        var reply = client.send("GET", "/v1/spaces/gate", "", headers).expecting(200);
        assertThat(reply.headers().keySet())
                .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control"));
    }
}
