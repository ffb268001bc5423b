package dev.palimpsest.datasets.trial;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole process tree is killed while lines come in. What was acknowledged is there, once.
class KillNineIT {

    private static final int KILLS = Integer.getInteger("palimpsest.kills", 3);
    private static final int WRITERS = 8;
    private static final int LINES = 25;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final AtomicInteger counter = new AtomicInteger();

    @Test
    void everyAcknowledgedLineIsThereExactlyOnceAfterEveryKill(@TempDir Path folder)
            throws Exception {
        long seed = Long.getLong("palimpsest.seed", System.nanoTime());
        System.out.println("kill -9: seed " + seed + ", " + KILLS + " kills");
        var random = new SplittableRandom(seed);
        var data = folder.resolve("data");
        openToOthers(folder);
        int port = freePort();
        for (int kill = 1; kill <= KILLS; kill++) {
            var server = ServerProcess.start(data, port);
            assertThat(
                            server.send("PUT", "/v1/spaces/trial", "application/json", "{}")
                                    .statusCode())
                    .isBetween(200, 201);
            assertAllThereOnce(server);
            ingestUntilKilled(server, random.nextInt(300, 3_000));
        }
        try (var server = ServerProcess.start(data, port)) {
            assertAllThereOnce(server);
        }
        var verify =
                ServerProcess.command("verify", "--data", data.toString())
                        .redirectErrorStream(true)
                        .start();
        var said =
                new String(
                        verify.getInputStream().readAllBytes(),
                        java.nio.charset.StandardCharsets.UTF_8);
        assertThat(verify.waitFor()).as(said).isZero();
        System.out.println("kill -9: " + acknowledged.size() + " acknowledged lines, all there");
    }

    private void ingestUntilKilled(ServerProcess server, int milliseconds) throws Exception {
        int before = acknowledged.size();
        var stop = new AtomicBoolean();
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            var writers = new ArrayList<Future<?>>();
            for (int i = 0; i < WRITERS; i++) {
                writers.add(pool.submit(() -> write(server, stop)));
            }
            while (acknowledged.size() == before) {
                Thread.sleep(10);
            }
            Thread.sleep(milliseconds);
            server.killTree();
            stop.set(true);
            for (var writer : writers) {
                writer.get();
            }
        }
    }

    private void write(ServerProcess server, AtomicBoolean stop) {
        while (!stop.get()) {
            var body = new StringBuilder();
            var names = new ArrayList<String>();
            for (int i = 0; i < LINES; i++) {
                var name = "n" + counter.incrementAndGet();
                names.add(name);
                body.append("{\"fact\":{\"subject\":\"")
                        .append(name)
                        .append("\",\"predicate\":\"number\",\"object\":{\"number\":")
                        .append(i)
                        .append("},\"valid\":{\"from\":\"2020-01-01T00:00:00Z\"},")
                        .append("\"source\":\"trial\"}}\n");
            }
            try {
                var response =
                        server.send(
                                "POST",
                                "/v1/spaces/trial/facts?wait=durable",
                                "application/x-ndjson",
                                body.toString());
                if (response.statusCode() == 200) {
                    acknowledged.addAll(names);
                }
            } catch (IOException e) {
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void assertAllThereOnce(ServerProcess server) throws Exception {
        var found = new HashMap<String, Integer>();
        String next = "";
        do {
            var page = get(server, "/v1/spaces/trial/entities?limit=1000" + next);
            for (var entity : page.required("entities")) {
                found.merge(entity.required("id").textValue(), 1, Integer::sum);
            }
            next = page.hasNonNull("next") ? "&after=" + page.get("next").textValue() : "";
        } while (!next.isEmpty());
        assertThat(found.keySet()).containsAll(acknowledged);
        assertThat(found.values()).allMatch(count -> count == 1);
        for (var name : acknowledged.stream().limit(50).toList()) {
            assertThat(versions(server, name)).as(name).hasSize(1);
        }
    }

    private static List<JsonNode> versions(ServerProcess server, String name) throws Exception {
        var versions = new ArrayList<JsonNode>();
        get(server, "/v1/spaces/trial/entities/" + name + "/history")
                .required("facts")
                .forEach(versions::add);
        return versions;
    }

    private static JsonNode get(ServerProcess server, String path) throws Exception {
        var response = server.send("GET", path, "application/json", "");
        assertThat(response.statusCode()).as("%s: %s", path, response.body()).isEqualTo(200);
        return JSON.readTree(response.body());
    }

    /// The server's own user must be able to reach the folder.
    private static void openToOthers(Path folder) throws IOException {
        java.nio.file.Files.setPosixFilePermissions(
                folder, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
