package dev.palimpsest.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.palimpsest.api.client.Client;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// `palimpsest serve` as a process of its own, which can be killed.
final class ServedProcess {

    private static final Duration LONGEST_START = Duration.ofMinutes(3);
    private static final Duration LONGEST_ANSWER = Duration.ofMinutes(5);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final int MOST_TRIES = 30;

    /// It lives for seconds: too short for what the second compiler makes to pay.
    private static final String FIRST_COMPILER = "-XX:TieredStopAtLevel=1";

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Process process;
    private final Client client;

    private ServedProcess(Process process, Client client) {
        this.process = process;
        this.client = client;
    }

    /// Starts it and waits until it answers.
    static ServedProcess start(Path data) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "--add-modules",
                        "jdk.incubator.vector",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Xmx1g",
                        FIRST_COMPILER,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "serve",
                        "--port",
                        "0",
                        "--data",
                        data.toString()));
        var process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(data.resolveSibling("serve.log").toFile())
                        .start();
        return new ServedProcess(process, new Client(await(process, data)));
    }

    private static URI await(Process process, Path data) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + LONGEST_START.toNanos();
        while (System.nanoTime() < deadline && process.isAlive()) {
            var url = DataFolder.holder(data).flatMap(DataFolder.Holder::url);
            if (url.isPresent()) {
                return url.get();
            }
            Thread.sleep(50);
        }
        var state = process.isAlive() ? "lives" : "exit " + process.exitValue();
        process.destroyForcibly().waitFor();
        var log = Files.readAllBytes(data.resolveSibling("serve.log"));
        throw new AssertionError("does not serve (" + state + "):\n" + new String(log, UTF_8));
    }

    Client client() {
        return client;
    }

    /// There is no answer: it was killed, or is being so.
    static final class Gone extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Gone(String what, Throwable cause) {
            super(what, cause);
        }

        Gone(String what) {
            super(what);
        }
    }

    /// Posts lines of JSON, as often as it takes until the server has room for them.
    JsonNode postLines(String path, byte[] lines) throws InterruptedException {
        var request =
                HttpRequest.newBuilder(client.base().resolve(path))
                        .timeout(LONGEST_ANSWER)
                        .header("Content-Type", "application/x-ndjson")
                        .POST(BodyPublishers.ofByteArray(lines))
                        .build();
        try {
            for (int tried = 0; tried < MOST_TRIES; tried++) {
                var response = HTTP.send(request, BodyHandlers.ofString());
                if (response.statusCode() == 200) {
                    return JSON.readTree(response.body());
                }
                assertThat(response.statusCode()).as(response.body()).isIn(429, 503);
                Thread.sleep(RETRY);
            }
        } catch (IOException e) {
            throw new Gone("no answer to lines", e);
        }
        throw new Gone("no room for lines");
    }

    /// Ends the process and all it started, at once and without a word to any of them.
    void kill() throws InterruptedException {
        var tree = new ArrayList<>(process.descendants().toList());
        tree.add(process.toHandle());
        tree.forEach(ProcessHandle::destroyForcibly);
        process.waitFor();
    }

    /// Asks it to end, and waits until it has.
    void stop() throws InterruptedException {
        client.close();
        process.destroy();
        process.waitFor();
    }
}
