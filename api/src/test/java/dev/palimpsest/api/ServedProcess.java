package dev.palimpsest.api;

import dev.palimpsest.api.client.Client;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// `palimpsest serve` as a process of its own, which can be killed.
final class ServedProcess {

    private static final Duration LONGEST_START = Duration.ofMinutes(3);

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

    private static URI await(Process process, Path data) throws InterruptedException {
        long deadline = System.nanoTime() + LONGEST_START.toNanos();
        while (System.nanoTime() < deadline && process.isAlive()) {
            var url = DataFolder.holder(data).flatMap(DataFolder.Holder::url);
            if (url.isPresent()) {
                return url.get();
            }
            Thread.sleep(50);
        }
        process.destroyForcibly();
        throw new AssertionError("does not serve; see " + data.resolveSibling("serve.log"));
    }

    Client client() {
        return client;
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
