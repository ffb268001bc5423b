package dev.palimpsest.ingest.job;

import dev.palimpsest.ingest.job.ImportJob.Counts;
import dev.palimpsest.ingest.job.ImportJob.State;
import dev.palimpsest.ingest.record.WriteDoor;
import dev.palimpsest.ingest.source.Incoming;
import dev.palimpsest.ingest.source.InvalidField;
import dev.palimpsest.ingest.source.Parsed;
import dev.palimpsest.port.StoreException;
import dev.palimpsest.port.Visibility.Level;
import dev.palimpsest.port.WriteResult;
import dev.palimpsest.port.WriteResult.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One job being carried out: batch after batch in order, the next one read while the last is
/// committed.
///
/// How far it has come is kept now and then, after what it tells is durable. What lies between that
/// and an end of the process is read again: the same batches with the same keys, so that the ledger
/// answers what it answered before.
final class ImportRun {

    /// How long the last batch is waited for until it can be found.
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private static final Duration BETWEEN_CHECKPOINTS = Duration.ofMillis(500);
    private static final Logger LOG = LoggerFactory.getLogger(ImportRun.class);

    private final JobFolder folder;
    private final WriteDoor door;
    private final InstantSource clock;
    private final long begun = System.nanoTime();
    private final Batches batches;
    private volatile ImportJob job;
    private final Counts atStart;
    private volatile boolean cancelled;
    private volatile boolean stopping;
    private volatile boolean forgetting;
    private long lastCheckpoint = System.nanoTime();

    ImportRun(ImportJob job, JobFolder folder, WriteDoor door, InstantSource clock) {
        this.job = job;
        this.atStart = job.counts();
        this.folder = folder;
        this.door = door;
        this.clock = clock;
        this.batches = new Batches(door, job, () -> cancelled || stopping);
    }

    /// The job as it is, and how fast it goes.
    Progress progress() {
        var now = job;
        double seconds = Math.max((System.nanoTime() - begun) / 1e9, 1e-3);
        double rate = (now.counts().read() - atStart.read()) / seconds;
        return new Progress(now, rate, estimatedEnd(now, seconds), batches.waiting());
    }

    private Optional<Instant> estimatedEnd(ImportJob now, double seconds) {
        long moved = now.counts().bytesRead() - atStart.bytesRead();
        if (!now.state().isActive() || moved <= 0) {
            return Optional.empty();
        }
        double left = (now.bytes() - now.counts().bytesRead()) * seconds / moved;
        return Optional.of(clock.instant().plusMillis((long) (left * 1_000)));
    }

    /// It ends after what is under way.
    void cancel() {
        cancelled = true;
    }

    /// What it rejected so far is deleted.
    void forgetRejected() {
        forgetting = true;
    }

    /// It pauses after what is under way, to go on when it is opened again.
    void stop() {
        stopping = true;
    }

    /// Carries it out until it ends or is stopped.
    void run() {
        try {
            write();
            if (stopping) {
                return;
            }
            end(cancelled ? State.CANCELLED : State.DONE, Optional.empty());
        } catch (Batches.Interrupted _) {
            if (cancelled) {
                end(State.CANCELLED, Optional.empty());
            }
        } catch (InvalidField | IOException e) {
            end(State.FAILED, Optional.of(String.valueOf(e.getMessage())));
        } catch (StoreException e) {
            LOG.warn("import {} cannot go on", job.id(), e);
            end(State.FAILED, Optional.of(String.valueOf(e.getMessage())));
        } catch (RuntimeException e) {
            LOG.error("import {} failed", job.id(), e);
            end(State.FAILED, Optional.of("the server failed; its log says how"));
        }
    }

    private void write() throws IOException {
        try (var data = new CountedBytes(Files.newInputStream(folder.data(job)));
                var incoming = Incoming.open(data, job.told());
                var rejected =
                        new RejectedFile(folder.rejected(job), job.counts().rejectedBytes())) {
            try {
                writeFrom(incoming, data, rejected);
            } finally {
                checkpoint(rejected);
            }
        }
    }

    private void writeFrom(Incoming incoming, CountedBytes data, RejectedFile rejected)
            throws IOException {
        for (long i = 0; i < job.counts().read() && incoming.reader().next().isPresent(); i++) {
            if (cancelled || stopping) {
                return;
            }
        }
        var batch = Batch.read(incoming.reader(), data);
        if (job.counts().read() == 0) {
            batches.register(incoming.predicates(), batch);
        }
        Optional<WriteResult> last = Optional.empty();
        while (!batch.isEmpty() && !cancelled && !stopping) {
            var pending = batches.submit(batch, job.counts().read());
            var next = Batch.read(incoming.reader(), data);
            var result = batches.settle(pending);
            count(batch, result, rejected);
            if (System.nanoTime() - lastCheckpoint > BETWEEN_CHECKPOINTS.toNanos()) {
                checkpoint(rejected);
            }
            last = result.isPresent() ? result : last;
            batch = next;
        }
        last.ifPresent(written -> door.isVisible(written, Level.SEARCHABLE, LONGEST_WAIT));
    }

    private void count(Batch batch, Optional<WriteResult> result, RejectedFile rejected)
            throws IOException {
        var outcomes =
                result.map(WriteResult::outcomes).stream().flatMap(l -> l.stream()).iterator();
        if (forgetting) {
            forgetting = false;
            rejected.clear();
        }
        var counts = job.counts();
        long written = counts.written();
        long unchanged = counts.unchanged();
        long refused = counts.rejected();
        for (var piece : batch.pieces()) {
            var outcome =
                    switch (piece.parsed()) {
                        case Parsed.Item _ -> outcomes.next();
                        case Parsed.Refused(var refusal) -> new Outcome.Refused(refusal);
                    };
            switch (outcome) {
                case Outcome.Written _, Outcome.Defined _ -> written++;
                case Outcome.Unchanged _ -> unchanged++;
                case Outcome.Refused(var refusal) -> {
                    refused++;
                    rejected.add(piece, refusal);
                }
            }
        }
        long read = counts.read() + batch.pieces().size();
        job =
                job.with(
                        new Counts(
                                read,
                                written,
                                unchanged,
                                refused,
                                rejected.length(),
                                batch.bytesRead()));
    }

    /// Where the disk is full, less is known after an end of the process, and nothing lost.
    private void checkpoint(RejectedFile rejected) {
        try {
            rejected.force();
            folder.update(job);
        } catch (IOException | StoreException e) {
            LOG.warn("cannot keep how far import {} has come", job.id(), e);
        }
        lastCheckpoint = System.nanoTime();
    }

    private void end(State how, Optional<String> why) {
        var ended = job.ended(how, clock.instant(), why);
        folder.update(ended);
        folder.deleteData(ended);
        job = ended;
    }
}
