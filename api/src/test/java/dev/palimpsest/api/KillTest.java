package dev.palimpsest.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.palimpsest.api.client.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The whole process tree is killed while lines are written, again and again. How often and with
/// which seed: `-Dpalimpsest.kills=10 -Dpalimpsest.seed=7`.
class KillTest {

    private static final int KILLS = Integer.getInteger("palimpsest.kills", 3);
    private static final long SEED = Long.getLong("palimpsest.seed", 20_180_206L);
    private static final int LINES_PER_KILL = 20_000;
    private static final int BATCH = 100;

    /// One kill in so many comes whether or not a line was acknowledged since the start.
    private static final int EARLY_ONE_IN = 3;

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final List<String> lines =
            IntStream.range(0, KILLS * LINES_PER_KILL).mapToObj(KillTest::line).toList();
    @RegisterExtension private final KilledStore store = new KilledStore();
    private int acknowledged;

    @Test
    void everyAcknowledgedLineIsThereOnceHoweverOftenAllIsKilled() throws Exception {
        for (int kill = 1; kill <= KILLS; kill++) {
            var server = store.start();
            requireAllThere(server, kill);
            var begun = new CountDownLatch(kill % EARLY_ONE_IN == 0 ? 0 : 1);
            var killer = KilledStore.killAfter(server, begun, random.nextLong(300, 4_000));
            write(server, begun);
            killer.join();
        }
        var server = store.start();
        requireAllThere(server, KILLS + 1);
        KilledStore.requireEqual(
                server.client(), List.of("graph", "text", "vectors", "adjacency"), true, SEED);
        assertThat(acknowledged).as("seed %d", SEED).isPositive();
        server.stop();
    }

    /// Writes on from the first line that nobody acknowledged, until there is no answer any more.
    private void write(ServedProcess server, CountDownLatch begun) throws InterruptedException {
        try {
            server.client().http().put("/v1/spaces/s", JsonNodeFactory.instance.objectNode());
            while (acknowledged < lines.size()) {
                int until = Math.min(acknowledged + BATCH, lines.size());
                for (var result : send(server, acknowledged, until)) {
                    assertThat(result.path("status").asText()).isIn("written", "unchanged");
                }
                acknowledged = until;
                begun.countDown();
            }
        } catch (ProblemException e) {
            assertThat(e.status()).as(e.getMessage()).isIn(0, 503);
        } catch (ServedProcess.Gone e) {
            assertThat(e).hasMessageStartingWith("no");
        }
    }

    /// Sent again, what was acknowledged changes nothing: it is there, and just so.
    private void requireAllThere(ServedProcess server, int start) throws InterruptedException {
        var missing = new ArrayList<String>();
        for (int from = 0; from < acknowledged; from += 1_000) {
            var results = send(server, from, Math.min(from + 1_000, acknowledged));
            for (var result : results) {
                if (!result.path("status").asText().equals("unchanged")) {
                    missing.add(result.toString());
                }
            }
        }
        assertThat(missing).as("seed %d, start %d, %d lines", SEED, start, acknowledged).isEmpty();
    }

    private JsonNode send(ServedProcess server, int from, int until) throws InterruptedException {
        var body = String.join("\n", lines.subList(from, until));
        return server.postLines(
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
