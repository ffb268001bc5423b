package dev.palimpsest.datasets.trial;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The product as a process of its own, as an operator runs it, to be killed.
final class ServerProcess implements AutoCloseable {

    private static final Duration LONGEST_START = Duration.ofSeconds(90);

    private final Process process;
    private final Path log;
    private final int port;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private ServerProcess(Process process, Path log, int port) {
        this.process = process;
        this.log = log;
        this.port = port;
    }

    /// Starts a server on the folder and waits until it is ready.
    static ServerProcess start(Path data, int port) throws IOException, InterruptedException {
        var log = data.resolveSibling("server-" + System.nanoTime() + ".log");
        var process =
                command("serve", "--data", data.toString(), "--port", String.valueOf(port))
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        var server = new ServerProcess(process, log, port);
        server.awaitReady();
        return server;
    }

    /// A command of the product, with this test's own class path and flags.
    static ProcessBuilder command(String... arguments) {
        var words = new ArrayList<String>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(
                List.of(
                        "--add-modules",
                        "jdk.incubator.vector",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Xmx1g",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.palimpsest.api.Main"));
        words.addAll(List.of(arguments));
        return new ProcessBuilder(words);
    }

    HttpResponse<String> send(String method, String path, String type, String body)
            throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .timeout(Duration.ofSeconds(60))
                        .header("Content-Type", type)
                        .method(
                                method,
                                body.isEmpty()
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(body))
                        .build();
        return client.send(request, BodyHandlers.ofString());
    }

    /// kill -9 of the whole tree: the JVM and whatever it started.
    void killTree() {
        var tree = new ArrayList<ProcessHandle>(process.descendants().toList());
        tree.add(process.toHandle());
        tree.forEach(ProcessHandle::destroyForcibly);
        tree.forEach(one -> one.onExit().join());
    }

    /// Asks it to stop, as a service manager does, and waits.
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(60, java.util.concurrent.TimeUnit.SECONDS)) {
                killTree();
                throw new IllegalStateException("did not stop in a minute:\n" + tail());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitReady() throws InterruptedException {
        long deadline = System.nanoTime() + LONGEST_START.toNanos();
        while (System.nanoTime() < deadline) {
            if (!process.isAlive()) {
                throw new IllegalStateException("the server did not start:\n" + tail());
            }
            try {
                if (send("GET", "/health/ready", "application/json", "").statusCode() == 200) {
                    return;
                }
            } catch (IOException e) {
                Thread.sleep(100);
                continue;
            }
            Thread.sleep(100);
        }
        killTree();
        throw new IllegalStateException("the server was not ready in time:\n" + tail());
    }

    private String tail() {
        try {
            var text = Files.readString(log);
            return text.substring(Math.max(0, text.length() - 4_000));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
