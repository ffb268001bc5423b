package dev.palimpsest.api.route;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyRoutesTest {

    private static final String NEW =
            "{\"name\": \"scribe\", \"scopes\": [\"read\", \"write\"], \"spaces\": [\"a\"]}";

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

    @Test
    void aKeyIsShownOnceAndListedWithoutItsText() {
        var reply = client.post("/v1/keys", NEW).expecting(201);
        assertThat(reply.headers()).containsEntry("Cache-Control", "no-store");
        var made = reply.json();
        var secret = made.path("key").asText().substring(13);
        var listed = client.get("/v1/keys?limit=1000").expecting(200);
        assertThat(listed.text()).contains(made.path("id").asText()).doesNotContain(secret);
    }

    @Test
    void howOftenAKeyMayAskIsKeptAndListed() {
        var slow = NEW.replace("}", ", \"requestsPerMinute\": 60}");
        var made = client.post("/v1/keys", slow).expecting(201).json();
        assertThat(made.path("requestsPerMinute").asInt()).isEqualTo(60);
        var listed = client.get("/v1/keys?limit=1000").expecting(200).json();
        assertThat(listed.path("items"))
                .filteredOn(key -> key.path("id").equals(made.path("id")))
                .allMatch(key -> key.path("requestsPerMinute").asInt() == 60)
                .hasSize(1);
    }

    @Test
    void keysAreListedPageByPage() {
        for (int i = 0; i < 3; i++) {
            client.post("/v1/keys", NEW).expecting(201);
        }
        var page = client.get("/v1/keys?limit=2").expecting(200).json();
        assertThat(page.path("items")).hasSize(2);
        var next = page.path("next").asText();
        assertThat(client.get("/v1/keys?limit=1000&cursor=" + next).expecting(200).json())
                .isNotEmpty();
    }

    @Test
    void aRevokedKeyIsListedAsRevoked() {
        var id = client.post("/v1/keys", NEW).expecting(201).json().path("id").asText();
        var revoked = client.send("DELETE", "/v1/keys/" + id, "", java.util.Map.of());
        assertThat(revoked.expecting(200).json().hasNonNull("revoked")).isTrue();
        client.send("DELETE", "/v1/keys/aaaaaaaa", "", java.util.Map.of()).expecting(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"name\": \"\", \"scopes\": [\"read\"], \"spaces\": [\"a\"]}",
                "{\"name\": \"n\", \"scopes\": [], \"spaces\": [\"a\"]}",
                "{\"name\": \"n\", \"scopes\": [\"all\"], \"spaces\": [\"a\"]}",
                "{\"name\": \"n\", \"scopes\": [\"read\"], \"spaces\": []}",
                "{\"name\": \"n\", \"scopes\": [\"read\"], \"spaces\": [\"*\", \"a\"]}",
                "{\"name\": \"n\", \"scopes\": [\"read\"], \"spaces\": [\"A B\"]}",
                "{\"name\": \"n\", \"scopes\": [\"read\"], \"spaces\": [\"a\"], \"x\": 1}",
                "{\"name\": \"n\", \"scopes\": [\"read\"], \"spaces\": [\"a\"],"
                        + " \"expires\": \"2020-01-01T00:00:00Z\"}",
                "{\"name\": \"n\", \"scopes\": [\"read\"], \"spaces\": [\"a\"],"
                        + " \"requestsPerMinute\": 0}",
                "{\"name\": \"n\", \"scopes\": [\"read\"], \"spaces\": [\"a\"],"
                        + " \"requestsPerMinute\": 1000001}"
            })
    void whatMakesNoKeyIsToldWhy(String body) {
        client.post("/v1/keys", body).expecting(422);
    }
}
