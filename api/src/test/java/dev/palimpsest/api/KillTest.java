package dev.palimpsest.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.palimpsest.api.client.Client;
import dev.palimpsest.api.client.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The whole process tree is killed while lines are written, again and again. How often and with
/// which seed: `-Dpalimpsest.kills=10 -Dpalimpsest.seed=7`.
class KillTest {

    private static final int KILLS = Integer.getInteger("palimpsest.kills", 3);
    private static final long SEED = Long.getLong("palimpsest.seed", 20_180_206L);
    private static final int LINES_PER_KILL = 20_000;
    private static final int BATCH = 100;

    /// One kill in so many comes whether or not a line was acknowledged since the start.
    private static final int EARLY_ONE_IN = 3;

    private static final Duration LONGEST_BEGINNING = Duration.ofMinutes(1);

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final List<String> lines =
            IntStream.range(0, KILLS * LINES_PER_KILL).mapToObj(KillTest::line).toList();
    private final List<ServedProcess> started = new ArrayList<>();
    private Path data = Path.of("");
    private int acknowledged;

    @BeforeEach
    void makeTheFolder() throws IOException {
        data = DataFolders.create();
    }

    @AfterEach
    void deleteTheFolder() throws Exception {
        for (var server : started) {
            server.kill();
        }
        DataFolders.delete(data);
    }

    @Test
    void everyAcknowledgedLineIsThereOnceHoweverOftenAllIsKilled() throws Exception {
        for (int kill = 1; kill <= KILLS; kill++) {
            var server = start();
            requireAllThere(server.client(), kill);
            var begun = new CountDownLatch(kill % EARLY_ONE_IN == 0 ? 0 : 1);
            var killer = killSoon(server, begun);
            write(server.client(), begun);
            killer.join();
        }
        var server = start();
        requireAllThere(server.client(), KILLS + 1);
        requireEqualProjections(server.client());
        assertThat(acknowledged).as("seed %d", SEED).isPositive();
        server.stop();
    }

    private ServedProcess start() throws IOException, InterruptedException {
        var server = ServedProcess.start(data);
        started.add(server);
        return server;
    }

    /// Kills some while after the latch is open, or after long enough.
    private Thread killSoon(ServedProcess server, CountDownLatch begun) {
        long after = random.nextLong(300, 4_000);
        return Thread.ofPlatform()
                .start(() -> {
                    try {
                        begun.await(LONGEST_BEGINNING.toSeconds(), TimeUnit.SECONDS);
                        Thread.sleep(after);
                        server.kill();
                    } catch (InterruptedException e) {
                        throw new AssertionError("the killer was interrupted", e);
                    }
                });
    }

    /// Writes on from the first line that nobody acknowledged, until there is no answer any more.
    private void write(Client client, CountDownLatch begun) {
        try {
            client.put("/v1/spaces/s", JsonNodeFactory.instance.objectNode());
            while (acknowledged < lines.size()) {
                int until = Math.min(acknowledged + BATCH, lines.size());
                for (var result : send(client, acknowledged, until)) {
                    assertThat(result.path("status").asText()).isIn("written", "unchanged");
                }
                acknowledged = until;
                begun.countDown();
            }
        } catch (ProblemException e) {
            assertThat(e.status()).as(e.getMessage()).isIn(0, 503);
        }
    }

    /// Sent again, what was acknowledged changes nothing: it is there, and just so.
    private void requireAllThere(Client client, int start) {
        var missing = new ArrayList<String>();
        for (int from = 0; from < acknowledged; from += 1_000) {
            var results = send(client, from, Math.min(from + 1_000, acknowledged));
            for (var result : results) {
                if (!result.path("status").asText().equals("unchanged")) {
                    missing.add(result.toString());
                }
            }
        }
        assertThat(missing).as("seed %d, start %d, %d lines", SEED, start, acknowledged).isEmpty();
    }

    private void requireEqualProjections(Client client) {
        for (var name : List.of("graph", "text", "vectors", "adjacency")) {
            var finding =
                    client.post(
                            "/v1/projections/" + name + "/verify",
                            JsonNodeFactory.instance.objectNode());
            assertThat(finding.path("differences").asLong())
                    .as("seed %d: %s", SEED, finding)
                    .isZero();
            assertThat(finding.path("compared").asLong()).isPositive();
        }
    }

    private JsonNode send(Client client, int from, int until) {
        var body = String.join("\n", lines.subList(from, until));
        return client.postLines(
                        "/v1/spaces/s/facts?wait=durable", body.getBytes(StandardCharsets.UTF_8))
                .path("results");
    }

    private static String line(int i) {
        int thing = i / 100 * 100;
        return switch (i % 100) {
            case 0 ->
                    """
                    {"entity": {"id": "e%d", "type": "Thing", "name": "thing %d", "source": "a"}}\
                    """
                            .formatted(thing, i);
            case 1 ->
                    """
                    {"memory": {"id": "m%d", "text": "thing %d was seen", "mentions": ["e%d"], "source": "a"}}\
                    """
                            .formatted(i, i, thing);
            case 2 ->
                    """
                    {"fact": {"subject": "e%d", "predicate": "near", "object": {"entity": "e%d"}, "valid": {"from": "2020-01-01T00:00:00Z"}, "source": "b"}}\
                    """
                            .formatted(thing, thing / 200 * 100);
            default ->
                    """
                    {"fact": {"subject": "e%d", "predicate": "mass", "object": {"number": %d}, "valid": {"from": "2020-01-01T00:00:00Z"}, "source": "s%d"}}\
                    """
                            .formatted(thing, i, i % 3);
        };
    }
}
