package dev.palimpsest.relational.server;

import dev.palimpsest.port.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The running server, a direct child of this process.
final class ServerProcess {

    private static final Logger LOG = LoggerFactory.getLogger(ServerProcess.class);

    /// Recovery after a crash happens inside this.
    private static final Duration LONGEST_START = Duration.ofMinutes(5);

    private static final Duration LONGEST_SHUTDOWN = Duration.ofMinutes(2);
    private static final int PORTS_TO_TRY = 5;

    private final Process process;
    private final int port;

    private ServerProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /// Starts the server of `folder` on a free loopback port, and waits until it takes connections.
    static ServerProcess start(ServerBinaries binaries, ServerFolder folder) throws IOException {
        for (int attempt = 1; ; attempt++) {
            var log = new ServerLog(folder.log());
            int port = freePort();
            Process process = spawn(binaries, folder, port);
            var server = new ServerProcess(process, port);
            if (server.becomesReady(folder)) {
                return server;
            }
            String lastWords = log.sinceStart();
            if (attempt == PORTS_TO_TRY || !lastWords.contains("Address already in use")) {
                throw new StoreException.Unavailable(
                        "the database server in "
                                + folder.root()
                                + " did not start: "
                                + LastWords.of(lastWords));
            }
        }
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /// Stops the server: sessions are ended, what is committed is written. Kills it, which loses
    /// nothing either, when it takes too long.
    void stop() {
        if (!process.isAlive()) {
            return;
        }
        Commands.signal("INT", process.pid());
        if (!endsWithin(LONGEST_SHUTDOWN)) {
            LOG.warn("the database server did not stop in {}: killing it", LONGEST_SHUTDOWN);
            process.destroyForcibly();
            process.onExit().join();
        }
    }

    private boolean endsWithin(Duration limit) {
        try {
            process.onExit().orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS).join();
            return true;
        } catch (java.util.concurrent.CompletionException e) {
            if (e.getCause() instanceof TimeoutException) {
                return false;
            }
            throw e;
        }
    }

    private boolean becomesReady(ServerFolder folder) throws IOException {
        long deadline = System.nanoTime() + LONGEST_START.toNanos();
        while (process.isAlive()) {
            boolean ready =
                    PidFile.read(folder.pidFile())
                            .filter(file -> file.pid() == process.pid())
                            .map(PidFile::ready)
                            .orElse(false);
            if (ready) {
                return true;
            }
            if (System.nanoTime() > deadline) {
                stop();
                return false;
            }
            waitOrStop();
        }
        return false;
    }

    private void waitOrStop() {
        try {
            Waiting.aMoment();
        } catch (StoreException.Unavailable interrupted) {
            stop();
            throw interrupted;
        }
    }

    /// The kernel ends the server with the thread that started it, not with the process: this
    /// thread lives exactly as long as the server does.
    private static Process spawn(ServerBinaries binaries, ServerFolder folder, int port) {
        List<String> command =
                List.of(
                        binaries.program("postgres"),
                        "-D",
                        folder.data().toString(),
                        "-c",
                        "config_file=" + folder.settings(),
                        "-c",
                        "listen_addresses=127.0.0.1",
                        "-c",
                        "port=" + port);
        var builder =
                new ProcessBuilder(folder.user().untilWeEnd(command))
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.log().toFile()));
        Commands.withPlainSurroundings(builder);
        var started = new CompletableFuture<Process>();
        Thread.ofPlatform()
                .daemon()
                .name("postgres-" + port)
                .start(() -> {
                    try {
                        Process process = builder.start();
                        started.complete(process);
                        process.onExit().join();
                    } catch (IOException e) {
                        started.completeExceptionally(e);
                    }
                });
        return started.join();
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no free port on loopback", e);
        }
    }
}
