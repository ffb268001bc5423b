package dev.palimpsest.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.palimpsest.api.client.Client;
import dev.palimpsest.api.client.ProblemException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A store is backed up while it is served, and restored into another folder.
class RestoreTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SPACE = "/v1/spaces/notes";

    @TempDir private Path files;

    private Path data = Path.of("");
    private Path other = Path.of("");

    @BeforeEach
    void makeFolders() throws IOException {
        data = DataFolders.create();
        other = DataFolders.create();
    }

    @AfterEach
    void deleteFolders() throws IOException {
        DataFolders.delete(data);
        DataFolders.delete(other);
    }

    @Test
    void aRestoredStoreAnswersAsTheOldOneDid() throws IOException {
        var file = files.resolve("backup.zip");
        String history;
        String then;
        String asked;
        try (var server = serve(data);
                var client = new Client(server.url())) {
            client.http().put(SPACE, json("{}"));
            client.http().put(SPACE + "/predicates/ceo", json("{\"functional\": true}"));
            then = say(client, "ann").at("/results/0/recorded").asText();
            say(client, "bob");
            client.http()
                    .post(
                            SPACE + "/memories?wait=embedded",
                            json(
                                    "{\"id\": \"m-1\", \"text\": \"a harbour at dawn\", \"source\": \"us\"}"));
            client.http()
                    .post(
                            SPACE + "/memories",
                            json("{\"id\": \"m-2\", \"text\": \"x\", \"source\": \"us\"}"));
            client.http()
                    .post(
                            SPACE + "/forget",
                            json("{\"memory\": \"m-2\", \"reason\": \"asked for\"}"));
            history = client.http().get(SPACE + "/entities/acme/history").path("items").toString();
            asked = known(client, then);
            client.http().download("/v1/backup", file);
        }

        Restoring.restore(settings(other), file);

        try (var server = serve(other);
                var client = new Client(server.url())) {
            assertThat(client.http().get(SPACE + "/entities/acme/history").path("items").toString())
                    .isEqualTo(history);
            assertThat(known(client, then)).isEqualTo(asked);
            requireEqualProjections(client);
            var found =
                    client.http()
                            .post(
                                    SPACE + "/retrieve",
                                    json(
                                            "{\"what\": {\"text\": \"harbour\"}, \"kinds\": [\"memory\"]}"));
            assertThat(found.at("/hits/0/id").asText()).isEqualTo("m-1");
            assertThatThrownBy(() ->
                            client.http()
                                    .post(
                                            SPACE + "/memories",
                                            json(
                                                    "{\"id\": \"m-2\", \"text\": \"x\", \"source\": \"us\"}")))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            problem -> assertThat(problem.status()).isEqualTo(410));
            say(client, "cat");
            comesBackIntoAStoreThatHasOthers(client, then);
        }
        assertThatThrownBy(() -> Restoring.restore(settings(other), file))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("not empty");
    }

    /// A space is exported, forgotten, and taken in again beside another.
    private void comesBackIntoAStoreThatHasOthers(Client client, String then) throws IOException {
        var archive = files.resolve("notes.zip");
        client.http().put("/v1/spaces/other", json("{}"));
        client.http()
                .post(
                        "/v1/spaces/other/facts?wait=embedded",
                        json(
                                """
                                {"subject": "acme", "predicate": "ceo", "object": {"entity": "eve"}, "source": "us"}
                                """));
        var history = withoutPositions(client.http().get(SPACE + "/entities/acme/history"));
        var asked = known(client, then);
        client.http().download(SPACE + "/export", archive);
        requireProblem(409, () -> client.http().postFile("/v1/restore", archive));
        var everything = "{\"everything\": true, \"reason\": \"it moves\"}";
        client.http().post(SPACE + "/forget", json(everything));
        requireProblem(410, () -> client.http().postFile("/v1/restore", archive));
        client.http().post(SPACE + "/forget/lift", json(everything));

        var taken = client.http().postFile("/v1/restore", archive);

        assertThat(taken.path("space").asText()).isEqualTo("notes");
        assertThat(Restoring.check(archive).digest()).contains(taken.path("digest").asText());
        assertThat(withoutPositions(client.http().get(SPACE + "/entities/acme/history")))
                .isEqualTo(history);
        assertThat(withoutPositions(known(client, then))).isEqualTo(withoutPositions(asked));
        assertThat(other.resolve("imports")).isEmptyDirectory();
        say(client, "dan");
        requireProblem(
                422, () -> client.http().postFile("/v1/restore", files.resolve("backup.zip")));
        requireProblem(
                410,
                () ->
                        client.http()
                                .post(
                                        SPACE + "/memories",
                                        json(
                                                "{\"id\": \"m-2\", \"text\": \"x\", \"source\": \"us\"}")));
        var question = json("{\"what\": {\"text\": \"harbour\"}, \"kinds\": [\"memory\"]}");
        assertThat(client.http().post(SPACE + "/retrieve", question).at("/hits/0/id").asText())
                .isEqualTo("m-1");
        requireEqualProjections(client);
    }

    private static String withoutPositions(JsonNode page) {
        return withoutPositions(page.path("items").toString());
    }

    private static String withoutPositions(String items) {
        return items.replaceAll("Position\":\\d+", "");
    }

    private static void requireProblem(int status, ThrowingCallable asked) {
        assertThatThrownBy(asked)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.status()).isEqualTo(status));
    }

    private static void requireEqualProjections(Client client) throws IOException {
        for (var name : List.of("graph", "text", "vectors", "adjacency", "recall")) {
            assertThat(
                            client.http()
                                    .post("/v1/projections/" + name + "/verify", json("{}"))
                                    .path("differences")
                                    .asInt(-1))
                    .as(name)
                    .isZero();
        }
    }

    private static String known(Client client, String then) {
        return client.http()
                .get(SPACE + "/entities/acme/facts?knownAt=" + Client.segment(then))
                .path("items")
                .toString();
    }

    private static JsonNode say(Client client, String who) throws IOException {
        return client.http()
                .post(
                        SPACE + "/facts?wait=embedded",
                        json(
                                """
                                {"subject": "acme", "predicate": "ceo", "object": {"entity": "%s"},
                                 "valid": {"from": "2010-01-01T00:00:00Z"}, "source": "us"}
                                """
                                        .formatted(who)));
    }

    private static JsonNode json(String text) throws IOException {
        return JSON.readTree(text);
    }

    private static Settings settings(Path folder) {
        return new Settings(folder, "127.0.0.1", 0, Optional.empty());
    }

    private static Server serve(Path folder) {
        var server = Server.start(settings(folder), "serve");
        assertThat(server.awaitReady()).isTrue();
        return server;
    }
}
