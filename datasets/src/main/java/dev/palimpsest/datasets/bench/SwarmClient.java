package dev.palimpsest.datasets.bench;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;

/// One client of a swarm, with what it saw; run by one platform thread.
final class SwarmClient implements Callable<SwarmClient> {

    private static final int MOST_FAILURES = 100;
    private static final Duration USUAL_RETRY = Duration.ofSeconds(1);

    private final URI server;
    private final String path;
    private final Swarm.Rows rows;
    private final long deadline;
    private final Durations answers = new Durations();
    private long turnedAway;
    private long failures;
    private Optional<String> firstFailure = Optional.empty();
    private Duration cpu = Duration.ZERO;

    /// @param deadline of [System#nanoTime]
    SwarmClient(URI server, String path, Swarm.Rows rows, long deadline) {
        this.server = server;
        this.path = path;
        this.rows = rows;
        this.deadline = deadline;
    }

    /// Posts until the deadline; gives up before if nothing works.
    @Override
    public SwarmClient call() throws InterruptedException {
        var before = CpuTime.ofThisThread();
        while (!isOver() && failures < MOST_FAILURES) {
            try (var exchange = new Exchange(server)) {
                postAll(exchange);
            } catch (IOException e) {
                failed("connection broke: " + e);
            }
        }
        cpu = CpuTime.ofThisThread().minus(before);
        return this;
    }

    private void postAll(Exchange exchange) throws IOException, InterruptedException {
        while (!isOver() && failures < MOST_FAILURES) {
            post(exchange, rows.next());
        }
    }

    /// Posts a body until it is answered by anything but 429.
    private void post(Exchange exchange, byte[] body) throws IOException, InterruptedException {
        while (!isOver()) {
            long begin = System.nanoTime();
            var reply = exchange.post(path, body);
            switch (reply.status()) {
                case 200, 202 -> {
                    answers.add(System.nanoTime() - begin);
                    return;
                }
                case 429 -> {
                    turnedAway++;
                    Thread.sleep(retryAfter(reply));
                }
                default -> {
                    failed(reply.status() + " " + reply.body());
                    return;
                }
            }
        }
    }

    private static Duration retryAfter(Exchange.Reply reply) {
        return Optional.ofNullable(reply.headers().get("retry-after"))
                .filter(seconds -> seconds.matches("[0-9]{1,2}"))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                .orElse(USUAL_RETRY);
    }

    private void failed(String why) {
        failures++;
        firstFailure = firstFailure.or(() -> Optional.of(why));
    }

    private boolean isOver() {
        return System.nanoTime() - deadline >= 0;
    }

    Durations answers() {
        return answers;
    }

    long turnedAway() {
        return turnedAway;
    }

    long failures() {
        return failures;
    }

    Optional<String> firstFailure() {
        return firstFailure;
    }

    Duration cpu() {
        return cpu;
    }
}
