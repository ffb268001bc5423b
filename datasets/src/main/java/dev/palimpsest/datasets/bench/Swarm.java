package dev.palimpsest.datasets.bench;

import dev.palimpsest.api.Failure;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Clients that post rows all at once, each as fast as it gets answers.
final class Swarm {

    private final URI server;
    private final String path;
    private final int clients;

    Swarm(URI server, String path, int clients) {
        this.server = server;
        this.path = path;
        this.clients = clients;
    }

    /// The rows of a client, without end.
    interface Rows {
        /// The next body to post.
        byte[] next();
    }

    /// Makes the rows of the client with that number.
    interface RowSource {
        Rows of(int client);
    }

    /// What came of it.
    ///
    /// @param posts that were answered well
    /// @param turnedAway posts answered with 429, each made again
    /// @param failures all other answers, and connections that broke
    /// @param firstFailure in words
    /// @param took from the first post to the last answer
    /// @param answers how long each answer took
    /// @param clientCpu CPU time of the clients' threads
    record Report(
            long posts,
            long turnedAway,
            long failures,
            Optional<String> firstFailure,
            Duration took,
            Durations answers,
            Duration clientCpu) {}

    /// Posts for so long; posts under way then are waited for.
    Report post(RowSource rows, Duration time) throws InterruptedException {
        long begin = System.nanoTime();
        var running = new ArrayList<Future<SwarmClient>>();
        try (var threads =
                Executors.newFixedThreadPool(
                        clients, Thread.ofPlatform().name("client-", 0).factory())) {
            for (int i = 0; i < clients; i++) {
                var client = new SwarmClient(server, path, rows.of(i), begin + time.toNanos());
                running.add(threads.submit(client));
            }
            return report(running, begin);
        }
    }

    private static Report report(List<Future<SwarmClient>> running, long begin)
            throws InterruptedException {
        var done = new ArrayList<SwarmClient>();
        for (var one : running) {
            try {
                done.add(one.get());
            } catch (ExecutionException e) {
                throw Failure.asked("a client failed: " + e.getCause(), e);
            }
        }
        var took = Duration.ofNanos(System.nanoTime() - begin);
        var answers = new Durations();
        done.forEach(client -> answers.addAll(client.answers()));
        return new Report(
                answers.count(),
                done.stream().mapToLong(SwarmClient::turnedAway).sum(),
                done.stream().mapToLong(SwarmClient::failures).sum(),
                done.stream().flatMap(client -> client.firstFailure().stream()).findFirst(),
                took,
                answers,
                done.stream().map(SwarmClient::cpu).reduce(Duration.ZERO, Duration::plus));
    }
}
