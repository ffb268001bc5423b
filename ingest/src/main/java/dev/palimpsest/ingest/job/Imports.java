package dev.palimpsest.ingest.job;

import dev.palimpsest.ingest.job.ImportJob.Counts;
import dev.palimpsest.ingest.job.ImportJob.State;
import dev.palimpsest.ingest.record.WriteDoor;
import dev.palimpsest.ingest.source.Incoming;
import dev.palimpsest.ingest.source.Incoming.Description;
import dev.palimpsest.ingest.source.InvalidField;
import dev.palimpsest.model.Space;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.Ledger;
import dev.palimpsest.port.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The imports there are: begun by an upload, carried out a few at a time, those of one space one
/// after the other, and kept until so many others have ended. Safe for use by many threads.
public final class Imports implements AutoCloseable {

    /// The most bytes that are taken in at once.
    public static final long LARGEST_DATA = JobFolder.LARGEST_DATA;

    private static final int MOST_AT_ONCE = 2;
    private static final int MOST_ACTIVE = 1_000;
    private static final int MOST_ENDED = 1_000;
    private static final Duration RETRY = Duration.ofSeconds(10);
    private static final Duration LONGEST_GOODBYE = Duration.ofSeconds(30);
    private static final Logger LOG = LoggerFactory.getLogger(Imports.class);

    private final JobFolder folder;
    private final WriteDoor door;
    private final Ledger ledger;
    private final SameAgain sameAgain;
    private final InstantSource clock;
    private final Supplier<String> ids;
    private final ExecutorService threads;
    private final Map<String, ImportRun> runs = new ConcurrentHashMap<>();
    private final Map<String, ImportJob> jobs = new ConcurrentHashMap<>();

    /// Those that wait for their turn, in order; guarded by this.
    private final Queue<ImportRun> queue = new ArrayDeque<>();

    /// The spaces that one is under way in; guarded by this.
    private final Set<SpaceId> busy = new HashSet<>();

    private boolean closing;

    /// Looks at the jobs in `root`; none goes on before [#resume].
    ///
    /// @param ids names jobs so that they sort by time
    public Imports(
            Path root, WriteDoor door, Ledger ledger, InstantSource clock, Supplier<String> ids) {
        this.folder = new JobFolder(root);
        this.door = door;
        this.ledger = ledger;
        this.sameAgain = new SameAgain(ledger, jobs.values());
        this.clock = clock;
        this.ids = ids;
        this.threads =
                Executors.newFixedThreadPool(
                        MOST_AT_ONCE, Thread.ofPlatform().daemon().name("import-", 0).factory());
        folder.all().forEach(this::found);
    }

    private void found(ImportJob job) {
        jobs.put(job.id(), job);
        if (!job.state().isActive()) {
            folder.deleteData(job); // a crash came between
        }
    }

    /// Goes on with what was not at its end when the process last ended. Of spaces that are no
    /// longer there nothing is kept: a crash came between.
    ///
    /// @throws StoreException if the ledger cannot tell which spaces there are
    public synchronized void resume() {
        var spaces = ledger.spaces().stream().map(Space::id).collect(Collectors.toSet());
        jobs.values().stream()
                .filter(job -> !spaces.contains(job.space()))
                .toList()
                .forEach(this::tryToRemove);
        jobs.values().stream()
                .filter(job -> job.state().isActive() && !runs.containsKey(job.id()))
                .sorted(Comparator.comparing(ImportJob::created).thenComparing(ImportJob::id))
                .forEach(job -> {
                    LOG.info("import {} into {} goes on", job.id(), job.space());
                    begin(job);
                });
    }

    /// Takes in all of `data` and begins to read them. The same data told the same way, while they
    /// are being read, are the same import.
    ///
    /// @throws InvalidField if what is told does not fit the data
    /// @throws IOException if the data cannot be read to their end
    public Progress start(SpaceId space, Description told, InputStream data) throws IOException {
        requireRoom();
        told.require();
        var id = ids.get();
        var upload = folder.receive(id, data);
        try {
            var known = described(upload, told);
            return make(space, known, upload, id);
        } catch (RuntimeException e) {
            folder.delete(upload);
            throw e;
        }
    }

    /// What is done with data while they lie in a file.
    ///
    /// @param <T> what comes of it
    @FunctionalInterface
    public interface Use<T> {
        T of(Path file) throws IOException;
    }

    /// Keeps `data`, which are no import, in a file for as long as they are used. What a crash
    /// leaves of it is deleted at the next start.
    ///
    /// @throws IOException if the data cannot be read to their end
    public <T> T lend(InputStream data, Use<T> use) throws IOException {
        var upload = folder.receive(ids.get(), data);
        try {
            return use.of(upload.folder().resolve("data"));
        } finally {
            folder.delete(upload);
        }
    }

    private synchronized Progress make(
            SpaceId space, Description told, JobFolder.Upload upload, String id) {
        var fingerprint = fingerprint(space, told, upload);
        var same =
                jobs.values().stream()
                        .map(this::now)
                        .filter(progress -> progress.job().state().isActive())
                        .filter(progress -> !progress.job().cancelling())
                        .filter(progress -> progress.job().fingerprint().equals(fingerprint))
                        .findFirst();
        if (same.isPresent()) {
            folder.delete(upload);
            return same.get();
        }
        var job =
                new ImportJob(
                        id,
                        space,
                        told,
                        upload.bytes(),
                        fingerprint,
                        State.QUEUED,
                        Counts.NONE,
                        Optional.empty(),
                        false,
                        clock.instant(),
                        Optional.empty(),
                        Optional.empty());
        folder.make(job, upload);
        jobs.put(id, job);
        begin(job);
        return Progress.still(job);
    }

    private void requireRoom() {
        long active = jobs.values().stream().filter(job -> job.state().isActive()).count();
        if (active >= MOST_ACTIVE) {
            throw new StoreException.Overloaded(
                    "more than " + MOST_ACTIVE + " imports are under way; try again later", RETRY);
        }
    }

    /// What is told, with the format that the data have.
    private static Description described(JobFolder.Upload upload, Description told) {
        try (var data = Files.newInputStream(upload.folder().resolve("data"));
                var incoming = Incoming.open(data, told)) {
            return new Description(
                    Optional.of(incoming.format()),
                    told.name(),
                    told.source(),
                    told.mapping(),
                    told.recorded());
        } catch (IOException e) {
            throw new InvalidField("", String.valueOf(e.getMessage()));
        }
    }

    private static String fingerprint(SpaceId space, Description told, JobFolder.Upload upload) {
        var digest = JobFolder.sha256();
        var all = List.of(upload.sha256(), space.value(), told.withoutIdleName().toString());
        return HexFormat.of()
                .formatHex(digest.digest(all.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private synchronized void begin(ImportJob job) {
        var run = new ImportRun(job, folder, door, sameAgain, clock);
        runs.put(job.id(), run);
        queue.add(run);
        beginNext();
    }

    private synchronized void beginNext() {
        for (var next = queue.iterator(); next.hasNext() && busy.size() < MOST_AT_ONCE; ) {
            var run = next.next();
            var space = run.progress().job().space();
            if (!closing && busy.add(space)) {
                next.remove();
                threads.execute(() -> carryOut(run, space));
            }
        }
    }

    private void carryOut(ImportRun run, SpaceId space) {
        try {
            run.run();
        } finally {
            synchronized (this) {
                busy.remove(space);
                ended(run);
                beginNext();
            }
        }
    }

    private synchronized void ended(ImportRun run) {
        var job = run.progress().job();
        jobs.replace(job.id(), job); // before the run is gone: who looks finds the one or the other
        runs.remove(job.id());
        jobs.values().stream()
                .filter(one -> !one.state().isActive())
                .sorted(Comparator.comparing(ImportJob::id).reversed())
                .skip(MOST_ENDED)
                .forEach(this::tryToRemove);
    }

    private void tryToRemove(ImportJob job) {
        try {
            remove(job);
        } catch (StoreException e) {
            LOG.warn("import {} is kept longer", job.id(), e);
        }
    }

    private void remove(ImportJob job) {
        folder.delete(job);
        jobs.remove(job.id());
    }

    /// The imports of a space, oldest first.
    public List<Progress> of(SpaceId space) {
        return jobs.values().stream()
                .filter(job -> job.space().equals(space))
                .sorted(Comparator.comparing(ImportJob::id))
                .map(this::now)
                .toList();
    }

    /// How an import comes along.
    ///
    /// @throws StoreException.NotFound if the space has none of that id
    public Progress find(SpaceId space, String id) {
        return Optional.ofNullable(jobs.get(id))
                .filter(job -> job.space().equals(space))
                .map(this::now)
                .orElseThrow(() ->
                        new StoreException.NotFound(
                                "there is no import '" + id + "' in space '" + space + "'"));
    }

    private Progress now(ImportJob job) {
        var run = runs.get(job.id());
        return run == null ? Progress.still(jobs.getOrDefault(job.id(), job)) : run.progress();
    }

    /// Ends an import after what is under way, and at once if it waits for its turn; what it wrote
    /// stays. One that has ended stays as it is. Once this returns it is durable.
    public synchronized Progress cancel(SpaceId space, String id) {
        find(space, id);
        Optional.ofNullable(runs.get(id)).ifPresent(this::cancel);
        return find(space, id);
    }

    private void cancel(ImportRun run) {
        run.cancel();
        if (queue.contains(run)) {
            run.endAtOnce();
            queue.remove(run);
            ended(run);
        }
    }

    /// What an import refused, a line of JSON each, as far as it has come.
    public InputStream rejected(SpaceId space, String id) throws IOException {
        var job = find(space, id).job();
        var file = folder.rejected(job);
        if (!Files.exists(file)) {
            return InputStream.nullInputStream();
        }
        return new FirstBytes(Files.newInputStream(file), job.counts().rejectedBytes());
    }

    /// Deletes what imports of a space keep beside the ledger, for something in it was forgotten:
    /// what they rejected, or, of `everything`, all of them, and ends those under way.
    ///
    /// @throws StoreException if some of it is still there
    public synchronized void forget(SpaceId space, boolean everything) {
        for (var progress : of(space)) {
            var run = Optional.ofNullable(runs.get(progress.job().id()));
            if (everything) {
                run.ifPresent(this::abandon);
                remove(progress.job());
            } else {
                run.ifPresentOrElse(
                        ImportRun::forgetRejected, () -> folder.deleteRejected(progress.job()));
            }
        }
    }

    private void abandon(ImportRun run) {
        run.abandon();
        if (queue.remove(run)) {
            runs.remove(run.progress().job().id());
        }
    }

    /// Lets what is under way come to rest; it goes on when it is opened again.
    @Override
    public void close() {
        synchronized (this) {
            closing = true;
            runs.values().forEach(ImportRun::stop);
        }
        threads.shutdown();
        try {
            if (!threads.awaitTermination(LONGEST_GOODBYE.toNanos(), TimeUnit.NANOSECONDS)) {
                LOG.warn("imports were still under way after {}", LONGEST_GOODBYE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
