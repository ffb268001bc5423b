package dev.palimpsest.api.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palimpsest.api.gremlin.GremlinDoor;
import dev.palimpsest.api.wire.ProblemKind;
import dev.palimpsest.model.Space;
import dev.palimpsest.port.Forgetting;
import dev.palimpsest.port.Recorder;
import dev.palimpsest.port.StoreException;
import dev.palimpsest.port.WriteRequest;
import dev.palimpsest.port.WriteResult;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpDoorTest {

    private static final String ENTITY = "{\"name\": \"n\", \"source\": \"s\"}";

    /// A recorder that fails as it is told.
    private record Failing(StoreException failure) implements Recorder {

        @Override
        public CompletableFuture<WriteResult> record(WriteRequest request) {
            return CompletableFuture.failedFuture(failure);
        }

        @Override
        public CompletableFuture<Forgetting.Report> forget(Forgetting wanted, boolean dryRun) {
            return CompletableFuture.failedFuture(failure);
        }

        @Override
        public CompletableFuture<Boolean> lift(Forgetting lifted) {
            return CompletableFuture.failedFuture(failure);
        }

        @Override
        public boolean makeSpace(Space space) {
            throw failure;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.168.1.1", "8.8.8.8"})
    void withoutKeysOnlyLoopbackIsListenedOn(String host) {
        try (var server = new TestServer()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> server.alsoAt(new HttpSettings(host, 0, Set.of(), false)))
                    .withMessageContaining("loopback")
                    .withMessageContaining(host);
        }
    }

    @Test
    void aPortThatIsTakenIsNamed() {
        try (var server = new TestServer()) {
            int port = server.door().port();
            assertThatThrownBy(() -> server.alsoAt(HttpSettings.onLoopback(port)))
                    .isInstanceOf(HttpDoor.PortTaken.class)
                    .hasMessageContaining(Integer.toString(port));
        }
    }

    @Test
    void backupsAreGivenOutAFewAtATime() throws Exception {
        try (var server = new TestServer();
                var askers = Executors.newVirtualThreadPerTaskExecutor()) {
            var client = server.client();
            client.put("/v1/spaces/s", "{}").expecting(201);
            server.backups = new CountDownLatch(1);
            var given =
                    IntStream.range(0, Limits.MOST_BACKUPS)
                            .mapToObj(_ -> askers.submit(() -> client.get("/v1/backup").status()))
                            .toList();
            server.backupsBegun.acquire(Limits.MOST_BACKUPS);
            client.get("/v1/spaces/s/export").expecting(429);
            server.backups.countDown();
            for (var one : given) {
                assertThat(one.get()).isEqualTo(200);
            }
            client.get("/v1/backup").expecting(200);
        }
    }

    @Test
    void healthTellsWhetherTheServerAnswersAndWhetherItIsReady() {
        try (var server = new TestServer()) {
            server.client().get("/health/live").expecting(200);
            server.client().get("/health/ready").expecting(200);
            server.ready = false;
            var parts = server.client().get("/health/ready").expecting(503).json();
            assertThat(parts.at("/parts/0/state").asText()).isEqualTo("as told");
            server.client().get("/health/live").expecting(200);
        }
    }

    @Test
    void metricsCountRequestsByRouteAndNotByPath() {
        try (var server = new TestServer()) {
            server.client().get("/v1/spaces/nowhere").expecting(404);
            server.client().send("GET", "/no/such/path", "", Map.of()).expecting(404);
            var metrics = server.client().get("/metrics").expecting(200).text();
            assertThat(metrics)
                    .contains("palimpsest_http_requests_seconds_count{method=\"GET\"")
                    .contains("route=\"/v1/spaces/{space}\",status=\"404\"")
                    .doesNotContain("nowhere")
                    .doesNotContain("/no/such/path");
        }
    }

    @Test
    void thePageOfTheInterfaceNeedsNothingElse() {
        try (var server = new TestServer()) {
            var page = server.client().get("/docs").expecting(200);
            assertThat(page.text())
                    .contains("/v1/spaces/{space}/retrieve")
                    .doesNotContain("<script")
                    .doesNotContain("src=")
                    .doesNotContainPattern("href=\"https?:");
            for (var kind : ProblemKind.values()) {
                assertThat(page.text()).contains("id=\"problem-" + kind.word() + "\"");
            }
            assertThat(server.client().get("/openapi.json").json().path("openapi").asText())
                    .isEqualTo("3.1.0");
        }
    }

    @Test
    void projectionsAreListedComparedAndMadeAnew() {
        try (var server = new TestServer()) {
            var client = server.client();
            client.get("/v1/projections").expecting(200);
            client.post("/v1/projections/graph/verify", "{}").expecting(200);
            client.post("/v1/projections/graph/rebuild", "{}").expecting(202);
            client.post("/v1/projections/none/verify", "{}").expecting(404);
            client.post("/v1/projections/graph/rebuild", "{\"now\": true}").expecting(422);
        }
    }

    @Test
    void aFullQueueSaysWhenToComeBack() {
        var full = new StoreException.Overloaded("the queue is full", Duration.ofMillis(2_500));
        try (var server = new TestServer(new Failing(full))) {
            var reply = server.client().post("/v1/spaces/s/entities", ENTITY).expecting(429);
            assertThat(reply.headers().get("Retry-After")).isEqualTo("3");
        }
    }

    @Test
    void aStoreThatDoesNotAnswerSaysToTryAgain() {
        var down = new StoreException.Unavailable("the ledger is down");
        try (var server = new TestServer(new Failing(down))) {
            server.client().post("/v1/spaces/s/entities", ENTITY).expecting(503);
            server.client()
                    .postLines("/v1/spaces/s/entities", "{\"entity\": " + ENTITY + "}\n")
                    .expecting(503);
            server.client().put("/v1/spaces/s", "{}").expecting(503);
        }
    }

    @Test
    void clientsThatGoAwayGiveTheirPlaceBack() throws Exception {
        var server = new TestServer();
        server.client().put("/v1/spaces/s", "{}").expecting(201);
        var large = List.<@Nullable Object>of("x".repeat(8 * 1024 * 1024));
        server.gremlin = (_, _, _, _) -> new GremlinDoor.Results(large, false, null);
        var body = "{\"gremlin\": \"g.V()\"}";
        for (int i = 0; i < 30; i++) {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.door().port())) {
                socket.setSoLinger(true, 0);
                var request =
                        "POST /v1/spaces/s/gremlin HTTP/1.1\r\nHost: localhost\r\n"
                                + "Content-Type: application/json\r\nContent-Length: "
                                + (i % 2 == 0 ? body.length() : body.length() + 10)
                                + "\r\n\r\n"
                                + body;
                socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().flush();
                Thread.sleep(i);
            }
        }
        long start = System.nanoTime();
        server.close();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Limits.LONGEST_GOODBYE);
    }

    @Test
    void closingLetsRequestsUnderWayEnd() throws Exception {
        var entered = new CountDownLatch(1);
        var leave = new CountDownLatch(1);
        var server = new TestServer();
        server.client().put("/v1/spaces/s", "{}").expecting(201);
        server.gremlin =
                (_, _, _, _) -> {
                    entered.countDown();
                    assertThat(awaited(leave)).isTrue();
                    return new GremlinDoor.Results(List.of(), false, null);
                };
        var client = server.client();
        var reply =
                CompletableFuture.supplyAsync(
                        () -> client.post("/v1/spaces/s/gremlin", "{\"gremlin\": \"g.V()\"}"));
        assertThat(entered.await(20, TimeUnit.SECONDS)).isTrue();
        var closing = Thread.ofPlatform().start(server::close);
        while (client.get("/health/live").status() != 503) {
            Thread.sleep(10);
        }
        leave.countDown();
        assertThat(reply.get(20, TimeUnit.SECONDS).status()).isEqualTo(200);
        closing.join();
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            return latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException("a request under way was interrupted", e);
        }
    }
}
