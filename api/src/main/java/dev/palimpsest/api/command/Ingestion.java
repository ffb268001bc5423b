package dev.palimpsest.api.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.api.Failure;
import dev.palimpsest.api.client.Client;
import dev.palimpsest.api.client.ProblemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/// One file on its way in: handed to the server, and watched until all of it is read.
final class Ingestion {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    /// The most rejected lines that are printed; the server keeps more.
    private static final int MOST_SHOWN = 1_000;

    private final Client client;
    private final String imports;
    private final long begin = System.nanoTime();
    private String saidWaiting = "";

    /// @param space the path of the space
    Ingestion(Client client, String space) {
        this.client = client;
        this.imports = space + "/imports";
    }

    /// Sends everything and says what became of it.
    ///
    /// @param query what is told of the data
    /// @return the exit code
    int run(Path file, String query) {
        var job = client.postFile(imports + query, file);
        var path = imports + "/" + job.path("id").asText();
        try (var progress =
                Progress.ofFile(
                        "ingest", job.path("bytes").asLong(), job.path("pieces").asText() + "s")) {
            client.whenWaiting(why -> progress.say("waiting: " + why));
            job = watch(path, progress);
            sayRejected(path, job, progress);
            if (job.path("state").asText().equals("failed")) {
                progress.say("it could not go on: " + job.path("note").asText());
            }
        }
        System.out.println(summary(job));
        boolean whole = job.path("state").asText().equals("done");
        return whole && job.path("rejected").asLong() == 0 ? 0 : Failure.ASKED;
    }

    private JsonNode watch(String path, Progress progress) {
        var job = look(path);
        while (isActive(job)) {
            progress.step(job.path("bytesRead").asLong(), job.path("read").asLong());
            var waiting = job.path("waiting").asText();
            if (!waiting.equals(saidWaiting) && !waiting.isEmpty()) {
                progress.say("waiting: " + waiting);
            }
            saidWaiting = waiting;
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            job = look(path);
        }
        progress.step(job.path("bytesRead").asLong(), job.path("read").asLong());
        return job;
    }

    private JsonNode look(String path) {
        try {
            return client.get(path);
        } catch (ProblemException e) {
            throw e.status() == 0
                    ? Failure.asked(
                            "the server has gone; what is written stays, and the import goes on"
                                    + " when a server is started again: then this same command"
                                    + " follows it",
                            e)
                    : e;
        }
    }

    private static boolean isActive(JsonNode job) {
        var state = job.path("state").asText();
        return state.equals("queued") || state.equals("running");
    }

    private void sayRejected(String path, JsonNode job, Progress progress) {
        if (job.path("rejected").asLong() == 0) {
            return;
        }
        var word = job.path("pieces").asText();
        client.lines(path + "/rejected", MOST_SHOWN)
                .forEach(line ->
                        progress.say(
                                word
                                        + " "
                                        + line.path("line").asLong()
                                        + ": "
                                        + (line.has("field")
                                                ? line.path("field").asText() + ": "
                                                : "")
                                        + line.path("rule").asText()));
        if (job.path("rejected").asLong() > MOST_SHOWN) {
            progress.say("all of them: GET " + path + "/rejected");
        }
    }

    private String summary(JsonNode job) {
        var took = Duration.ofNanos(System.nanoTime() - begin);
        double seconds = Math.max(took.toNanos() / 1e9, 1e-3);
        long read = job.path("read").asLong();
        return String.format(
                        Locale.ROOT,
                        "%,d %ss read: %,d written, %,d unchanged, %,d refused; %s, %,.0f/s",
                        read,
                        job.path("pieces").asText(),
                        job.path("written").asLong(),
                        job.path("unchanged").asLong(),
                        job.path("rejected").asLong(),
                        Wording.duration(took),
                        read / seconds)
                + (job.path("state").asText().equals("cancelled") ? "; it was cancelled" : "");
    }
}
