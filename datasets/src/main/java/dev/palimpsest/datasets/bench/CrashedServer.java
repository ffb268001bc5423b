package dev.palimpsest.datasets.bench;

import dev.palimpsest.api.DataFolder;
import dev.palimpsest.api.Failure;
import dev.palimpsest.api.Main;
import dev.palimpsest.api.client.Client;
import dev.palimpsest.api.client.ProblemException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A server as a process of its own, run as this one is, which can be killed with all it started.
final class CrashedServer {

    private static final Duration LONGEST_START = Duration.ofMinutes(5);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private final Process process;
    private final Client client;
    private final Duration untilReady;

    private CrashedServer(Process process, Client client, Duration untilReady) {
        this.process = process;
        this.client = client;
        this.untilReady = untilReady;
    }

    /// Starts it and waits until it is ready.
    ///
    /// @throws Failure if it does not get so far
    static CrashedServer start(Path data) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        var log = data.resolveSibling(data.getFileName() + ".log");
        var process =
                new ProcessBuilder(command(data))
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                        .start();
        long deadline = begin + LONGEST_START.toNanos();
        while (process.isAlive() && System.nanoTime() < deadline) {
            var url = DataFolder.holder(data).flatMap(DataFolder.Holder::url);
            if (url.isPresent()) {
                var client = new Client(url.get());
                if (isReady(client)) {
                    return new CrashedServer(
                            process, client, Duration.ofNanos(System.nanoTime() - begin));
                }
                client.close();
            }
            Thread.sleep(BETWEEN_LOOKS);
        }
        process.destroyForcibly();
        throw Failure.asked("the server does not get ready; " + log + " says what it did");
    }

    private static List<String> command(Path data) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(Main.class.getName());
        command.add("serve");
        command.add("--port");
        command.add("0");
        command.add("--data");
        command.add(data.toString());
        return command;
    }

    private static boolean isReady(Client client) {
        try {
            return client.readiness().ready();
        } catch (ProblemException e) {
            return false;
        }
    }

    URI url() {
        return client.base();
    }

    Client client() {
        return client;
    }

    /// From its start until it was ready.
    Duration untilReady() {
        return untilReady;
    }

    /// Ends the process and all it started, at once and without a word to any of them.
    void kill() throws InterruptedException {
        var tree = new ArrayList<>(process.descendants().toList());
        tree.add(process.toHandle());
        tree.forEach(ProcessHandle::destroyForcibly);
        process.waitFor();
        client.close();
    }

    /// Asks it to end, and waits until it has.
    void stop() throws InterruptedException {
        client.close();
        process.destroy();
        process.waitFor();
    }
}
