package dev.palimpsest.api.access;

import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.Audit;
import dev.palimpsest.port.Audit.Entry;
import dev.palimpsest.port.StoreException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes down who did what, a moment after it was done and in batches. Nothing is dropped: where
/// the log cannot keep up, whoever is to be in it waits. Safe for use by many threads.
public final class AuditTrail implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AuditTrail.class);

    private static final int MOST_WAITING = 10_000;
    private static final int LARGEST_BATCH = 1_000;
    private static final Duration GATHERING = Duration.ofMillis(50);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration LONGEST_GOODBYE = Duration.ofSeconds(10);

    private final Audit audit;
    private final InstantSource clock;
    private final boolean reads;
    private final BlockingQueue<Entry> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final Thread writer = Thread.ofPlatform().name("audit").unstarted(this::write);
    private volatile boolean closing;

    private AuditTrail(Audit audit, InstantSource clock, boolean reads) {
        this.audit = audit;
        this.clock = clock;
        this.reads = reads;
    }

    /// @param reads whether plain reads are written down, too
    public static AuditTrail start(Audit audit, InstantSource clock, boolean reads) {
        var trail = new AuditTrail(audit, clock, reads);
        trail.writer.start();
        return trail;
    }

    /// What was asked for, and what became of it.
    ///
    /// @param route its pattern, or the name of a tool
    public record Deed(
            String method, String route, Optional<SpaceId> space, int status, long items) {}

    /// Writes down what is not a plain read that was answered; waits if too much is to be written.
    ///
    /// @param who empty if nobody who may come in
    public void record(Optional<Principal> who, Need need, Deed deed) {
        boolean refused =
                deed.status == 401 || deed.status == 403 || (deed.status == 429 && who.isPresent());
        if (!refused && !reads && !need.isMoreThanReading()) {
            return;
        }
        var entry =
                new Entry(
                        clock.instant().truncatedTo(ChronoUnit.MICROS),
                        who.map(Principal::id).orElse("nobody"),
                        who.map(Principal::name).orElse("nobody"),
                        deed.method,
                        deed.route,
                        who.isPresent() && deed.status != 429 ? deed.space : Optional.empty(),
                        deed.status,
                        deed.items);
        try {
            waiting.put(entry);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException.Unavailable("the server is stopping", e);
        }
    }

    /// What was written down.
    public Audit log() {
        return audit;
    }

    private void write() {
        try {
            while (!closing || !waiting.isEmpty()) {
                var first = waiting.poll(GATHERING.toMillis(), TimeUnit.MILLISECONDS);
                if (first != null) {
                    Thread.sleep(GATHERING);
                    List<Entry> batch = new ArrayList<>();
                    batch.add(first);
                    waiting.drainTo(batch, LARGEST_BATCH - 1);
                    write(folded(batch));
                }
            }
        } catch (InterruptedException e) {
            LOG.error("{} entries of the audit log could not be written", waiting.size(), e);
        }
    }

    private void write(List<Entry> batch) throws InterruptedException {
        boolean told = false;
        while (true) {
            try {
                audit.append(batch);
                return;
            } catch (StoreException e) {
                if (!told) {
                    LOG.warn("the audit log cannot be written, and is tried again", e);
                    told = true;
                }
                Thread.sleep(RETRY);
            }
        }
    }

    /// Who has no key can ask as often as they like, and so can who asks too often: what is refused
    /// to them alike is one row a batch.
    private static List<Entry> folded(List<Entry> batch) {
        Map<Object, Entry> rows = new LinkedHashMap<>();
        for (var entry : batch) {
            boolean isCounted = entry.who().equals("nobody") || entry.status() == 429;
            Object alike =
                    isCounted
                            ? List.of(entry.who(), entry.method(), entry.route(), entry.status())
                            : rows.size();
            rows.merge(alike, isCounted ? counting(entry, 1) : entry, (one, _) -> more(one));
        }
        return List.copyOf(rows.values());
    }

    private static Entry more(Entry entry) {
        return counting(entry, entry.items() + 1);
    }

    private static Entry counting(Entry entry, long items) {
        return new Entry(
                entry.moment(),
                entry.who(),
                entry.name(),
                entry.method(),
                entry.route(),
                entry.space(),
                entry.status(),
                items);
    }

    /// Writes down what is left.
    @Override
    public void close() {
        closing = true;
        try {
            if (!writer.join(LONGEST_GOODBYE)) {
                writer.interrupt();
                writer.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
