package dev.palimpsest.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.palimpsest.api.client.Client;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A store whose server is a process of its own, killed and started again as a test likes. It goes
/// with the test.
final class KilledStore implements BeforeEachCallback, AfterEachCallback {

    private static final Duration LONGEST_BEGINNING = Duration.ofMinutes(1);

    private final List<ServedProcess> started = new ArrayList<>();
    private Path data = Path.of("");

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        data = DataFolders.create();
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        for (var server : started) {
            server.kill();
        }
        DataFolders.delete(data);
    }

    Path data() {
        return data;
    }

    /// Starts a server and waits until it answers.
    ServedProcess start() throws IOException, InterruptedException {
        var server = ServedProcess.start(data);
        started.add(server);
        return server;
    }

    /// Kills so many milliseconds after `begun`, or after it has waited long enough for that.
    static Thread killAfter(ServedProcess server, CountDownLatch begun, long millis) {
        return Thread.ofPlatform()
                .start(() -> {
                    try {
                        begun.await(LONGEST_BEGINNING.toSeconds(), TimeUnit.SECONDS);
                        Thread.sleep(millis);
                        server.kill();
                    } catch (InterruptedException e) {
                        throw new AssertionError("the killer was interrupted", e);
                    }
                });
    }

    /// @param all whether each must hold something to compare
    static void requireEqual(Client client, List<String> projections, boolean all, long seed) {
        for (var name : projections) {
            var finding =
                    client.http()
                            .post(
                                    "/v1/projections/" + name + "/verify",
                                    JsonNodeFactory.instance.objectNode());
            assertThat(finding.path("differences").asLong())
                    .as("seed %d: %s", seed, finding)
                    .isZero();
            assertThat(!all || finding.path("compared").asLong() > 0)
                    .as("seed %d: %s", seed, finding)
                    .isTrue();
        }
    }
}
