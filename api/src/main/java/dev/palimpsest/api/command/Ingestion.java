package dev.palimpsest.api.command;

import dev.palimpsest.api.Failure;
import dev.palimpsest.api.client.Client;
import dev.palimpsest.api.client.ProblemException;
import dev.palimpsest.api.client.SpaceClient;
import dev.palimpsest.api.wire.ImportBody;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// One file on its way in, watched until all of it is read.
final class Ingestion {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    /// The most rejected lines that are printed; the server keeps more.
    private static final int MOST_SHOWN = 1_000;

    private final Client client;
    private final SpaceClient space;
    private final long begin = System.nanoTime();
    private String saidWaiting = "";

    Ingestion(Client client, String space) {
        this.client = client;
        this.space = client.space(space);
    }

    /// Watches a job until it ends and says what became of it.
    ///
    /// @return the exit code
    int follow(ImportBody begun) {
        var job = begun;
        try (var progress = Progress.ofFile("ingest", job.bytes(), job.pieces() + "s")) {
            client.whenWaiting(why -> progress.say("waiting: " + why));
            job = watch(job.id(), progress);
            sayRejected(job, progress);
            if (job.state().equals("failed")) {
                progress.say("it could not go on: " + orEmpty(job.note()));
            }
        }
        System.out.println(summary(job));
        return job.state().equals("done") && job.rejected() == 0 ? 0 : Failure.ASKED;
    }

    private ImportBody watch(String id, Progress progress) {
        var job = look(id);
        while (isActive(job)) {
            progress.step(job.bytesRead(), job.read());
            var waiting = orEmpty(job.waiting());
            if (!waiting.equals(saidWaiting) && !waiting.isEmpty()) {
                progress.say("waiting: " + waiting);
            }
            saidWaiting = waiting;
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            job = look(id);
        }
        progress.step(job.bytesRead(), job.read());
        return job;
    }

    private ImportBody look(String id) {
        try {
            return space.importNow(id);
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

    private static boolean isActive(ImportBody job) {
        return job.state().equals("queued") || job.state().equals("running");
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private void sayRejected(ImportBody job, Progress progress) {
        if (job.rejected() == 0) {
            return;
        }
        for (var one : space.rejected(job.id(), MOST_SHOWN)) {
            var field = one.field() == null ? "" : one.field() + ": ";
            progress.say(job.pieces() + " " + one.line() + ": " + field + one.rule());
        }
        if (job.rejected() > MOST_SHOWN) {
            progress.say("all of them: GET " + space.importPath(job.id()) + "/rejected");
        }
    }

    private String summary(ImportBody job) {
        var took = took(job);
        double seconds = Math.max(took.toNanos() / 1e9, 1e-3);
        return String.format(
                        Locale.ROOT,
                        "%,d %ss read: %,d written, %,d unchanged, %,d refused; %s, %,.0f/s",
                        job.read(),
                        job.pieces(),
                        job.written(),
                        job.unchanged(),
                        job.rejected(),
                        Wording.duration(took),
                        job.read() / seconds)
                + (job.state().equals("cancelled") ? "; it was cancelled" : "");
    }

    /// Since the file was handed in, which another command may have done long ago.
    private Duration took(ImportBody job) {
        var here = Duration.ofNanos(System.nanoTime() - begin);
        var there =
                job.ended() == null
                        ? Duration.ZERO
                        : Duration.between(
                                Instant.parse(job.created()), Instant.parse(job.ended()));
        return here.compareTo(there) > 0 ? here : there;
    }
}
