package dev.palimpsest.api.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.api.Server;
import dev.palimpsest.api.Settings;
import dev.palimpsest.relational.TestDatabases;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Forgetting through the HTTP door of a store with nothing stood in for.
class ForgetTest {

    private static final String SPACE = "/v1/spaces/notes";

    @TempDir private static Path folder;

    private static Server server;
    private static ApiClient client;

    @BeforeAll
    static void open() {
        var postgres =
                new Settings.Postgres(TestDatabases.freshUrl(), Optional.empty(), Optional.empty());
        server = Server.start(new Settings(folder, "127.0.0.1", 0, Optional.of(postgres)), "serve");
        assertThat(server.awaitReady()).isTrue();
        client = new ApiClient(server.url().getPort());
        client.put(SPACE, "{}").expecting(201);
    }

    @AfterAll
    static void close() {
        server.close();
    }

    @Test
    void anEntityIsGoneFromAnswersIndexesAndTheirFiles() throws Exception {
        entity("zebediah", "Zebediah Quixotl", "us");
        entity("acme", "Acme", "us");
        fact("acme", "employs", "{\"entity\": \"zebediah\"}", "us");
        fact("zebediah", "nickname", "{\"string\": \"Zebquix\"}", "us");
        memory("m-1", "the courier came at noon", "zebediah", "desk");
        memory("m-2", "the courier was late", "acme", "desk");
        memory("m-3", "cleaning up after this one writes all to disk", "acme", "desk");
        forget("{\"memory\": \"m-3\", \"reason\": \"asked for\"}");
        awaitCleaned();
        assertThat(ask("{\"what\": {\"text\": \"Quixotl\"}}")).isNotEmpty();
        assertThat(filesHold("text", "quixotl")).isTrue();

        var report = forget("{\"entity\": \"zebediah\", \"reason\": \"asked for\"}");

        assertThat(report.path("forgotten").asBoolean()).isTrue();
        assertThat(report.path("touched").path("mentions").asInt()).isEqualTo(1);
        for (var question : List.of("Quixotl", "Zebquix", "zebediah", "who is employed by acme")) {
            assertThat(ask("{\"what\": {\"text\": \"" + question + "\"}}").toString())
                    .doesNotContain("Quixotl")
                    .doesNotContain("Zebquix")
                    .doesNotContain("zebediah");
        }
        assertThat(
                        ask("{\"what\": {\"text\": \"courier\"}, \"kinds\": [\"memory\"]}")
                                .findValuesAsText("id"))
                .as("a memory that mentioned it stays")
                .contains("m-1", "m-2");
        client.get(SPACE + "/entities/zebediah").expecting(404);
        client.get(SPACE + "/entities/zebediah?knownAt=" + Instant.now()).expecting(404);
        assertThat(gremlin("g.V('zebediah').count()")).isEqualTo("0");
        assertThat(gremlin("g.V('acme').out('employs').count()")).isEqualTo("0");
        requireEqualProjections();
        awaitCleaned();
        assertThat(filesHold("text", "quixotl")).isFalse();
        assertThat(filesHold("text", "zebquix")).isFalse();
        client.post(
                        SPACE + "/entities",
                        "{\"id\": \"zebediah\", \"name\": \"Zeb\", \"source\": \"us\"}")
                .expecting(410);
        rebuildAll();
        requireEqualProjections();
        assertThat(ask("{\"what\": {\"text\": \"Quixotl\"}}").toString())
                .doesNotContain("Quixotl")
                .doesNotContain("zebediah");
    }

    @Test
    void aMemoryAndASourceAreGoneFromAnswersAndIndexes() throws Exception {
        client.put(SPACE + "/predicates/runs", "{\"functional\": true}").expecting(200);
        memory("m-10", "the xylograph is kept in the vault", "vault", "desk");
        memory("m-11", "a vault has two keys", "vault", "sensor");
        fact("vault", "runs", "{\"entity\": \"bank\"}", "desk");
        fact("vault", "runs", "{\"entity\": \"mint\"}", "sensor");
        assertThat(ask("{\"what\": {\"text\": \"xylograph\"}, \"kinds\": [\"memory\"]}"))
                .isNotEmpty();

        forget("{\"memory\": \"m-10\", \"reason\": \"wrong desk\"}");
        forget("{\"source\": \"sensor\", \"reason\": \"not calibrated\"}");

        assertThat(
                        ask("{\"what\": {\"text\": \"xylograph vault\"}, \"kinds\": [\"memory\"]}")
                                .toString())
                .doesNotContain("m-10")
                .doesNotContain("m-11");
        var facts = client.get(SPACE + "/entities/vault/facts").expecting(200).json().path("items");
        assertThat(facts).hasSize(1);
        assertThat(facts.toString()).contains("bank").doesNotContain("mint");
        assertThat(gremlin("g.V('vault').out('runs').values('name').count()")).isEqualTo("0");
        assertThat(gremlin("g.V('vault').out('runs').count()")).isEqualTo("1");
        requireEqualProjections();
        var listed = client.get(SPACE + "/forgotten?limit=1").expecting(200).json();
        assertThat(listed.path("items")).hasSize(1);
        client.post(SPACE + "/forget/lift", "{\"source\": \"sensor\", \"reason\": \"calibrated\"}")
                .expecting(200);
        memory("m-12", "the sensor is back", "vault", "sensor");
    }

    @Test
    void aSpaceIsGoneAndItsNameIsNotTakenAgain() throws Exception {
        var other = "/v1/spaces/other";
        client.put(other, "{}").expecting(201);
        client.post(
                        other + "/entities?wait=embedded",
                        "{\"id\": \"a\", \"name\": \"Wollstonecraft\", \"source\": \"us\"}")
                .json();
        client.post(other + "/forget", "{\"everything\": true, \"reason\": \"left\"}").json();

        client.get(other + "/entities/a").expecting(404);
        client.put(other, "{}").expecting(410);
        requireEqualProjections();
        for (var until = 0;
                until < 600
                        && client.get(other + "/forgotten")
                                .json()
                                .toString()
                                .contains("\"cleaned\":false");
                until++) {
            Thread.sleep(100);
        }
        assertThat(folder.resolve("text/spaces/other")).doesNotExist();
        client.post(other + "/forget/lift", "{\"everything\": true, \"reason\": \"back\"}")
                .expecting(200);
        client.put(other, "{}").expecting(201);
        client.get(other + "/entities/a").expecting(404);
    }

    @Test
    void whatIsAskedWronglyIsSaid() {
        client.post(SPACE + "/forget", "{\"entity\": \"nobody\", \"reason\": \"r\"}")
                .expecting(404);
        client.post(SPACE + "/forget", "{\"entity\": \"a\", \"memory\": \"b\", \"reason\": \"r\"}")
                .expecting(422);
        client.post(SPACE + "/forget", "{\"entity\": \"a\"}").expecting(422);
        client.post(SPACE + "/forget/lift", "{\"entity\": \"nobody\", \"reason\": \"r\"}")
                .expecting(404);
        client.post("/v1/spaces/nowhere/forget", "{\"everything\": true, \"reason\": \"r\"}")
                .expecting(404);
        client.get("/v1/spaces/nowhere/forgotten").expecting(404);
    }

    private static JsonNode forget(String body) {
        var tried =
                client.post(SPACE + "/forget", body.replaceFirst("\\{", "{\"dryRun\": true, "))
                        .expecting(200)
                        .json();
        assertThat(tried.path("forgotten").asBoolean()).isFalse();
        var reply = client.post(SPACE + "/forget", body);
        assertThat(reply.status()).isIn(200, 202);
        assertThat(reply.json().path("touched")).isEqualTo(tried.path("touched"));
        return reply.json();
    }

    private static void entity(String id, String name, String source) {
        write(
                "/entities",
                "{\"id\": \"%s\", \"name\": \"%s\", \"source\": \"%s\"}"
                        .formatted(id, name, source));
    }

    private static void fact(String subject, String predicate, String object, String source) {
        write(
                "/facts",
                """
                {"subject": "%s", "predicate": "%s", "object": %s, "source": "%s",
                 "valid": {"from": "2020-01-01T00:00:00Z"}}
                """
                        .formatted(subject, predicate, object, source));
    }

    private static void memory(String id, String text, String mentioned, String source) {
        write(
                "/memories",
                "{\"id\": \"%s\", \"text\": \"%s\", \"mentions\": [\"%s\"], \"source\": \"%s\"}"
                        .formatted(id, text, mentioned, source));
    }

    private static void write(String path, String body) {
        var reply = client.post(SPACE + path + "?wait=embedded", body);
        while (reply.status() == 202) {
            reply = client.post(SPACE + path + "?wait=embedded", body);
        }
        reply.expecting(200);
    }

    private static JsonNode ask(String question) {
        return client.post(SPACE + "/retrieve", question).expecting(200).json().path("hits");
    }

    private static String gremlin(String text) {
        return client.post(SPACE + "/gremlin", "{\"gremlin\": \"" + text + "\"}")
                .expecting(200)
                .json()
                .at("/values/0")
                .asText();
    }

    private static List<String> projections() {
        return client.get("/v1/projections").json().findValuesAsText("name");
    }

    private static void requireEqualProjections() {
        for (var name : projections()) {
            var finding = client.post("/v1/projections/" + name + "/verify", "{}");
            while (finding.status() == 503) {
                finding = client.post("/v1/projections/" + name + "/verify", "{}");
            }
            assertThat(finding.json().path("differences").asLong())
                    .as("%s", finding.json())
                    .isZero();
        }
    }

    private static void rebuildAll() throws InterruptedException {
        for (var name : projections()) {
            client.post("/v1/projections/" + name + "/rebuild", "{}").expecting(202);
        }
        while (client.get("/v1/projections").json().toString().contains("\"following\":false")) {
            Thread.sleep(50);
        }
    }

    private static void awaitCleaned() throws InterruptedException {
        while (client.get(SPACE + "/forgotten").json().toString().contains("\"cleaned\":false")) {
            Thread.sleep(50);
        }
    }

    /// Whether the files of an index hold a word.
    private static boolean filesHold(String index, String word) throws IOException {
        try (var files = Files.walk(folder.resolve(index))) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                if (bytes.contains(word)) {
                    return true;
                }
            }
        }
        return false;
    }
}
