package dev.palimpsest.ingest.job;

import dev.palimpsest.ingest.job.ImportJob.Counts;
import dev.palimpsest.ingest.job.ImportJob.State;
import dev.palimpsest.ingest.record.WriteDoor;
import dev.palimpsest.ingest.source.CountedBytes;
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
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
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

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

    private static final Outcome UNCHANGED = new Outcome.Unchanged("");
    private static final Duration BETWEEN_CHECKPOINTS = Duration.ofMillis(500);
    private static final Logger LOG = LoggerFactory.getLogger(ImportRun.class);

    private final JobFolder folder;
    private final WriteDoor door;
    private final SameAgain sameAgain;
    private final InstantSource clock;
    private final Patience patience = new Patience();
    private final Batches batches;
    private final Counts atStart;

    /// Whether it is known where it wrote: from its first batch on, or not at all.
    private boolean isTraced;

    private volatile OptionalLong begun = OptionalLong.empty();
    private volatile ImportJob job;

    /// As it was last made durable; guarded by this.
    private ImportJob kept;

    /// The file of what is rejected, while it is written; guarded by this.
    private Optional<RejectedFile> open = Optional.empty();

    private volatile boolean stopping;
    private volatile boolean abandoned;
    private long lastCheckpoint = System.nanoTime();

    ImportRun(
            ImportJob job,
            JobFolder folder,
            WriteDoor door,
            SameAgain sameAgain,
            InstantSource clock) {
        this.job = job.queued();
        this.kept = job;
        this.atStart = job.counts();
        this.isTraced = job.counts().read() == 0 || job.trace().isPresent();
        this.folder = folder;
        this.door = door;
        this.sameAgain = sameAgain;
        this.clock = clock;
        this.batches = new Batches(door, job, patience, this::isToEnd);
    }

    private record Ending(State how, Optional<String> why) {}

    /// The job as it is, and how fast it goes.
    Progress progress() {
        var now = job;
        if (begun.isEmpty()) {
            return Progress.still(now);
        }
        double seconds = Math.max((System.nanoTime() - begun.getAsLong()) / 1e9, 1e-3);
        double rate = (now.counts().read() - atStart.read()) / seconds;
        return new Progress(now, rate, estimatedEnd(now, seconds), patience.waiting());
    }

    private Optional<Instant> estimatedEnd(ImportJob now, double seconds) {
        long moved = now.counts().bytesRead() - atStart.bytesRead();
        if (!now.state().isActive() || moved <= 0) {
            return Optional.empty();
        }
        double left = (now.bytes() - now.counts().bytesRead()) * seconds / moved;
        return Optional.of(clock.instant().plusMillis((long) (left * 1_000)));
    }

    private boolean isCancelled() {
        return job.cancelling();
    }

    private boolean isToEnd() {
        return isCancelled() || stopping;
    }

    /// It ends after what is under way, be that after a crash.
    ///
    /// @throws StoreException if that could not be made durable
    synchronized void cancel() {
        if (job.state().isActive()) {
            job = job.toBeCancelled();
            keep(kept.toBeCancelled());
        }
    }

    /// It ends here; only if it has not begun.
    ///
    /// @throws StoreException if that could not be made durable
    void endAtOnce() {
        keepEnd(new Ending(State.CANCELLED, Optional.empty()));
    }

    /// What it rejected so far is deleted, durably.
    synchronized void forgetRejected() {
        open.ifPresentOrElse(RejectedFile::clear, () -> folder.deleteRejected(job));
        if (job.state().isActive()) {
            job = job.withoutRejected();
            keep(kept.withoutRejected());
        }
    }

    /// It pauses after what is under way, to go on when it is opened again.
    void stop() {
        stopping = true;
    }

    /// Nothing of it is kept any more.
    synchronized void abandon() {
        abandoned = true;
        stopping = true;
    }

    /// Carries it out until it ends or is stopped.
    void run() {
        begun = OptionalLong.of(System.nanoTime());
        try {
            var ending = ending();
            if (!stopping) {
                patience.untilDone(() -> stopping, () -> keepEnd(ending));
            }
        } catch (Patience.Interrupted e) {
            LOG.debug("import {} pauses", job.id(), e);
        }
    }

    private Ending ending() {
        try {
            if (!isToEnd() && !isThereAlready() && !isToEnd()) {
                read(this::write);
            }
            return new Ending(isCancelled() ? State.CANCELLED : State.DONE, Optional.empty());
        } catch (Patience.Interrupted _) {
            return new Ending(State.CANCELLED, Optional.empty());
        } catch (InvalidField | IOException e) {
            return new Ending(State.FAILED, Optional.of(String.valueOf(e.getMessage())));
        } catch (StoreException e) {
            LOG.warn("import {} cannot go on", job.id(), e);
            return new Ending(State.FAILED, Optional.of(String.valueOf(e.getMessage())));
        } catch (RuntimeException e) {
            LOG.error("import {} failed", job.id(), e);
            return new Ending(State.FAILED, Optional.of("the server failed; its log says how"));
        }
    }

    /// Whether it was read before and writing it again would change nothing; then it is only read,
    /// for what is refused of it. How far that has come is not kept: after a crash it begins anew.
    private boolean isThereAlready() throws IOException {
        if (job.counts().read() > 0) {
            return false;
        }
        var before = patience.untilTold(this::isToEnd, () -> sameAgain.of(job));
        if (before.isEmpty()) {
            return false;
        }
        read((incoming, data, rejected) -> readAsBefore(before.get(), incoming, data, rejected));
        return job.trace().isPresent();
    }

    private void readAsBefore(
            SameAgain.Before before, Incoming incoming, CountedBytes data, RejectedFile rejected)
            throws IOException {
        var batch = Batch.read(incoming.reader(), data);
        while (!batch.isEmpty() && !isToEnd()) {
            count(batch, Stream.generate(() -> UNCHANGED).iterator(), rejected);
            batch = Batch.read(incoming.reader(), data);
        }
        boolean isSame = batch.isEmpty() && job.counts().rejected() == before.rejected();
        synchronized (this) {
            job = isSame ? job.with(job.counts(), Optional.of(before.trace())) : job.fromTheStart();
        }
    }

    /// Done with all the data and the file of what is rejected of them.
    private interface Work {
        void on(Incoming incoming, CountedBytes data, RejectedFile rejected) throws IOException;
    }

    private void read(Work work) throws IOException {
        try (var data = new CountedBytes(Files.newInputStream(folder.data(job)));
                var incoming = Incoming.open(data, job.told());
                var rejected = openRejected()) {
            try {
                work.on(incoming, data, rejected);
            } finally {
                closeRejected();
            }
        }
    }

    private RejectedFile openRejected() {
        patience.untilDone(
                () -> stopping,
                () -> {
                    synchronized (this) {
                        open =
                                Optional.of(
                                        RejectedFile.open(
                                                folder.rejected(job),
                                                job.counts().rejectedBytes()));
                    }
                });
        return open.orElseThrow();
    }

    private synchronized void closeRejected() {
        checkpoint();
        open = Optional.empty();
    }

    private void write(Incoming incoming, CountedBytes data, RejectedFile rejected)
            throws IOException {
        for (long i = 0; i < job.counts().read() && incoming.reader().next().isPresent(); i++) {
            if (isToEnd()) {
                return;
            }
        }
        goOn();
        var batch = Batch.read(incoming.reader(), data);
        if (job.counts().read() == 0) {
            batches.register(incoming.predicates(), batch);
        }
        var pacing = new Pacing(door);
        Optional<WriteResult> last = Optional.empty();
        while (!batch.isEmpty() && !isToEnd()) {
            var pending = batches.submit(batch, job.counts().read());
            var next = Batch.read(incoming.reader(), data);
            var result = batches.settle(pending);
            result.filter(_ -> isTraced).ifPresent(this::trace);
            count(batch, result.map(WriteResult::outcomes).orElse(List.of()).iterator(), rejected);
            if (System.nanoTime() - lastCheckpoint > BETWEEN_CHECKPOINTS.toNanos()) {
                checkpoint();
            }
            patience.untilDone(() -> stopping, () -> pacing.pause(this::isToEnd));
            last = result.isPresent() ? result : last;
            batch = next;
        }
        last.ifPresent(this::awaitVisible);
    }

    private void awaitVisible(WriteResult written) {
        long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
        boolean isVisible = false;
        while (!isVisible && !isToEnd() && System.nanoTime() < deadline) {
            isVisible = door.isVisible(written, Level.SEARCHABLE, BETWEEN_LOOKS);
        }
    }

    private void count(Batch batch, Iterator<Outcome> outcomes, RejectedFile rejected) {
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
                    patience.untilDone(() -> stopping, () -> rejected.add(piece, refusal));
                }
            }
        }
        long read = counts.read() + batch.pieces().size();
        synchronized (this) {
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
    }

    private void trace(WriteResult written) {
        var further =
                patience.untilTold(
                        () -> stopping, () -> sameAgain.after(job.trace(), job.space(), written));
        isTraced = further.isPresent();
        synchronized (this) {
            job = job.with(job.counts(), further);
        }
    }

    /// One that had a first batch is under way again.
    private synchronized void goOn() {
        if (job.counts().read() > 0) {
            job = job.with(job.counts());
        }
    }

    /// Where the disk is full, less is known after an end of the process, and nothing lost.
    private synchronized void checkpoint() {
        lastCheckpoint = System.nanoTime();
        if (abandoned) {
            return;
        }
        try {
            open.ifPresent(RejectedFile::force);
            keep(job);
        } catch (StoreException e) {
            LOG.warn("cannot keep how far import {} has come", job.id(), e);
        }
    }

    private synchronized void keep(ImportJob now) {
        folder.update(now);
        kept = now;
    }

    private synchronized void keepEnd(Ending ending) {
        var ended = job.ended(ending.how(), clock.instant(), ending.why());
        keep(ended);
        folder.deleteData(ended);
        job = ended;
    }
}
