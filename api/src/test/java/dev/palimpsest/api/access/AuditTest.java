package dev.palimpsest.api.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.palimpsest.api.oidc.TestIssuer;
import dev.palimpsest.model.Scope;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What of requests is written down.
class AuditTest {

    private static final Duration LONGEST_DELAY = Duration.ofSeconds(10);
    private static final String SPACE = "/v1/spaces/{space}";

    @TempDir private static Path folder;

    private static final TestIssuer ISSUER = new TestIssuer();

    private static KeyedServer server;

    @BeforeAll
    static void open() {
        server = KeyedServer.takingTokensOf(ISSUER, folder);
        server.asRoot("PUT", "/v1/spaces/a", "{}");
    }

    @AfterAll
    static void close() {
        server.close();
        ISSUER.close();
    }

    private static List<JsonNode> rows() {
        var rows = new ArrayList<JsonNode>();
        try {
            new ObjectMapper()
                    .readTree(server.asRoot("GET", "/v1/audit?limit=1000", "").body())
                    .path("items")
                    .forEach(rows::add);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return rows;
    }

    /// The first row that is so, once it is written.
    private static JsonNode row(Predicate<JsonNode> wanted) {
        long deadline = System.nanoTime() + LONGEST_DELAY.toNanos();
        while (true) {
            var found = rows().stream().filter(wanted).findFirst();
            if (found.isPresent()) {
                return found.get();
            }
            assertThat(System.nanoTime()).as("it is written down").isLessThan(deadline);
        }
    }

    private static Predicate<JsonNode> of(String who, String route) {
        return row ->
                row.path("who").asText().equals(who) && row.path("route").asText().equals(route);
    }

    @Test
    void aWriteIsWrittenDownWithItsKeySpaceAndNumberOfItemsButNotWhatItSays() {
        var key = server.key("a", Scope.WRITE);
        var body =
                "[{\"id\": \"okapi\", \"name\": \"o\", \"source\": \"s\"},"
                        + " {\"id\": \"quagga\", \"name\": \"q\", \"source\": \"s\"}]";
        assertThat(server.send(key, "POST", "/v1/spaces/a/entities", body).statusCode())
                .isLessThan(300);
        var row = row(of(key.substring(4, 12), SPACE + "/entities"));
        assertThat(row.path("name").asText()).isEqualTo("test");
        assertThat(row.path("method").asText()).isEqualTo("POST");
        assertThat(row.path("space").asText()).isEqualTo("a");
        assertThat(row.path("items").asInt()).isEqualTo(2);
        assertThat(row.toString()).doesNotContain("okapi").doesNotContain(key.substring(13));
    }

    @Test
    void whatAKeyMayNotIsWrittenDownAndAPlainReadIsNot() {
        var key = server.key("a", Scope.READ);
        server.send(key, "GET", "/v1/spaces/a", "");
        server.send(key, "GET", "/v1/spaces/b/entities/okapi", "");
        var row = row(of(key.substring(4, 12), SPACE + "/entities/{entity}"));
        assertThat(row.path("status").asInt()).isEqualTo(403);
        assertThat(row.path("space").asText()).isEqualTo("b");
        assertThat(rows()).noneMatch(of(key.substring(4, 12), SPACE));
    }

    @Test
    void whoHasATokenIsWrittenDownByIssuerAndSubject() {
        var token = ISSUER.token("palimpsest:read", "a");
        server.send(token, "PUT", "/v1/spaces/a", "{}");
        var row = row(of(ISSUER.issuer().url() + " ann", SPACE));
        assertThat(row.path("status").asInt()).isEqualTo(403);
        assertThat(row.path("name").asText()).isEqualTo("ann");
        assertThat(rows().toString()).doesNotContain(token.substring(token.lastIndexOf('.')));
    }

    @Test
    void whoGuessesIsCountedAndFillsNothing() {
        for (int i = 0; i < 200; i++) {
            server.send("pal_aaaaaaaa_" + "A".repeat(43), "GET", "/v1/spaces/s" + i, "");
        }
        server.send("", "POST", "/mcp", "{}");
        row(of("nobody", "/mcp"));
        var refused = rows().stream().filter(of("nobody", SPACE)).toList();
        assertThat(refused.stream().mapToLong(row -> row.path("items").asLong()).sum())
                .isEqualTo(200);
        assertThat(refused).hasSizeLessThan(200).noneMatch(row -> row.hasNonNull("space"));
    }

    @Test
    void whoAsksTooOftenIsCountedAndFillsNothing() {
        var key = server.slowKey(2);
        var who = key.substring(4, 12);
        for (int i = 0; i < 100; i++) {
            var reply = server.send(key, "GET", "/v1/spaces/s" + i, "");
            assertThat(reply.statusCode()).isEqualTo(i < 2 ? 404 : 429);
        }
        long deadline = System.nanoTime() + LONGEST_DELAY.toNanos();
        List<JsonNode> turnedAway = List.of();
        while (counted(turnedAway) < 98) {
            assertThat(System.nanoTime()).as("all are counted").isLessThan(deadline);
            turnedAway = rows().stream().filter(of(who, SPACE)).toList();
        }
        assertThat(counted(turnedAway)).isEqualTo(98);
        assertThat(turnedAway)
                .hasSizeLessThan(98)
                .allMatch(row -> row.path("status").asInt() == 429)
                .noneMatch(row -> row.hasNonNull("space"));
    }

    private static long counted(List<JsonNode> rows) {
        return rows.stream().mapToLong(row -> row.path("items").asLong()).sum();
    }

    @Test
    void operatorsAreWrittenDownAndTheChainIsWhole() {
        var key = server.key("*", Scope.ADMIN);
        server.send(key, "GET", "/v1/backup", "");
        row(of(key.substring(4, 12), "/v1/backup"));
        var verified = server.send(key, "POST", "/v1/audit/verify", "{}");
        assertThat(new String(verified.body(), UTF_8)).contains("\"rows\"").doesNotContain("flaw");
    }
}
