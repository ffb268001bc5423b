package dev.palimpsest.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.palimpsest.api.client.Client;
import dev.palimpsest.api.client.ProblemException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// An import goes on where it was, however often everything is killed.
class ImportKillTest {

    private static final int LINES = 40_000;
    private static final int KILLS = 3;
    private static final long SEED = Long.getLong("palimpsest.seed", 7);

    private final Random random = new Random(SEED);
    @RegisterExtension private final KilledStore store = new KilledStore();

    @Test
    void everyLineGoesInOnceAndEveryBadOneIsRejectedOnce() throws Exception {
        var file = store.data().resolveSibling("lines.ndjson");
        Files.write(file, lines());
        var server = store.start();
        server.client().http().put("/v1/spaces/s", JsonNodeFactory.instance.objectNode());
        var imports = "/v1/spaces/s/imports";
        var id =
                server.client()
                        .http()
                        .postFile(imports + "?name=lines.ndjson", file)
                        .path("id")
                        .asText();
        for (int kill = 0; kill < KILLS; kill++) {
            awaitSome(server.client(), imports + "/" + id);
            server.kill();
            server = store.start();
        }
        var job = awaitEnd(server.client(), imports + "/" + id);
        assertThat(job.path("state").asText()).as("seed %d: %s", SEED, job).isEqualTo("done");
        assertThat(job.path("read").asInt()).isEqualTo(LINES);
        assertThat(job.path("written").asInt()).isEqualTo(LINES - LINES / 100);
        assertThat(job.path("unchanged").asInt()).isZero();
        var rejected = server.client().http().lines(imports + "/" + id + "/rejected", LINES);
        assertThat(rejected.stream().map(line -> line.path("line").asInt()))
                .hasSize(LINES / 100)
                .doesNotHaveDuplicates();
        assertThat(Files.exists(store.data().resolve("imports").resolve(id).resolve("data")))
                .isFalse();
        server.stop();
    }

    /// Lines without ids: were one written twice, there would be two of it.
    private static List<String> lines() {
        var lines = new ArrayList<String>(LINES);
        for (int i = 1; i <= LINES; i++) {
            lines.add(
                    i % 100 == 0
                            ? "{\"fact\": " + i + "}"
                            : i % 10 == 5
                                    ? """
                                    {"entity": {"type": "Thing", "name": "thing %d", "source": "a"}}\
                                    """
                                            .formatted(i)
                                    : """
                                    {"fact": {"subject": "e%d", "predicate": "mass", "object": {"number": %d}, "source": "a"}}\
                                    """
                                            .formatted(i / 50, i));
        }
        return lines;
    }

    private void awaitSome(Client client, String path) throws InterruptedException {
        int before = client.http().get(path).path("read").asInt();
        int more = random.nextInt(3_000, 9_000);
        var job = client.http().get(path);
        while (!job.has("ended") && job.path("read").asInt() < before + more) {
            Thread.sleep(5);
            job = client.http().get(path);
        }
    }

    private static JsonNode awaitEnd(Client client, String path) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofMinutes(4).toNanos();
        var job = client.http().get(path);
        while (!job.has("ended") && System.nanoTime() < deadline) {
            Thread.sleep(50);
            try {
                job = client.http().get(path);
            } catch (ProblemException e) {
                throw new AssertionError("the server is gone", e);
            }
        }
        return job;
    }
}
