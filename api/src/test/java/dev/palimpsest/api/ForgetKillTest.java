package dev.palimpsest.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.api.client.Client;
import dev.palimpsest.api.client.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The whole process tree is killed while entities are forgotten, one after the other. How often
/// and with which seed: `-Dpalimpsest.kills=10 -Dpalimpsest.seed=7`.
class ForgetKillTest {

    private static final int KILLS = Integer.getInteger("palimpsest.kills", 2);
    private static final long SEED = Long.getLong("palimpsest.seed", 20_180_206L);
    private static final int ENTITIES = 300;
    private static final String SPACE = "/v1/spaces/s";

    private final SplittableRandom random = new SplittableRandom(SEED);
    @RegisterExtension private final KilledStore store = new KilledStore();
    private int acknowledged;

    @Test
    void whatWasForgottenStaysForgottenHoweverOftenAllIsKilled() throws Exception {
        var first = store.start();
        first.client().http().put(SPACE, object());
        first.postLines(SPACE + "/entities?wait=durable", lines());
        for (int kill = 1; kill <= KILLS; kill++) {
            var server = kill == 1 ? first : store.start();
            var killer =
                    KilledStore.killAfter(
                            server, new CountDownLatch(0), random.nextLong(300, 2_500));
            forget(server.client());
            killer.join();
        }
        var last = store.start();
        requireForgotten(last.client());
        KilledStore.requireEqual(
                last.client(),
                List.of("graph", "text", "vectors", "adjacency", "recall"),
                false,
                SEED);
        while (last.client()
                .http()
                .get(SPACE + "/forgotten?limit=1000")
                .toString()
                .contains("\"cleaned\":false")) {
            Thread.sleep(50);
        }
        last.stop();
    }

    private void forget(Client client) {
        try {
            while (acknowledged < ENTITIES - 1) {
                client.http()
                        .post(
                                SPACE + "/forget?wait=durable",
                                object().put("entity", "e" + acknowledged)
                                        .put("reason", "asked for"));
                acknowledged++;
            }
        } catch (ProblemException e) {
            assertThat(e.status()).as(e.getMessage()).isIn(0, 503);
        }
    }

    /// Each that was acknowledged is forgotten; the one under way is, or is not at all.
    private void requireForgotten(Client client) {
        var rest =
                client.http()
                        .get(SPACE + "/entities?limit=1000")
                        .path("items")
                        .findValuesAsText("id");
        assertThat(acknowledged).as("seed %d", SEED).isPositive();
        assertThat(rest)
                .as("seed %d", SEED)
                .hasSizeBetween(ENTITIES - acknowledged - 1, ENTITIES - acknowledged);
        for (int i = 0; i < acknowledged; i++) {
            assertThat(rest).doesNotContain("e" + i);
        }
        assertThat(client.http().get(SPACE + "/forgotten?limit=1000").path("items"))
                .hasSize(ENTITIES - rest.size());
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static byte[] lines() {
        var lines = new StringBuilder();
        for (int i = 0; i < ENTITIES; i++) {
            lines.append(
                    """
                    {"entity": {"id": "e%1$d", "name": "thing %1$d", "source": "a"}}
                    {"fact": {"subject": "e%1$d", "predicate": "near", "object": {"entity": "e%2$d"}, "valid": {"from": "2020-01-01T00:00:00Z"}, "source": "b"}}
                    {"memory": {"id": "m%1$d", "text": "thing %1$d was seen", "mentions": ["e%1$d"], "source": "a"}}
                    """
                            .formatted(i, (i + 7) % ENTITIES));
        }
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }
}
