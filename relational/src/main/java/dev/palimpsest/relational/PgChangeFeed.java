package dev.palimpsest.relational;

import dev.palimpsest.port.ChangeFeed;
import dev.palimpsest.port.Row;
import dev.palimpsest.relational.RecentChanges.Stretch;
import dev.palimpsest.relational.RecentChanges.Touched;
import dev.palimpsest.time.Position;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import javax.sql.DataSource;

/// The order of the ledger in PostgreSQL, for those who follow it.
public final class PgChangeFeed implements ChangeFeed {

    /// Another process may have committed, and no signal tells of it.
    static final Duration LONGEST_SILENCE = Duration.ofMillis(250);

    private static final String CHANGES =
            """
            select position, kind, row_id, row_position from change
            where position > ? and position <= ?
            order by position, ordinal
            limit ?
            """;

    private static final String CHANGES_OF_ONE =
            """
            select position, kind, row_id, row_position from change
            where position = ?
            order by ordinal
            """;

    private final Reads reads;
    private final PgLedger ledger;
    private final RowImages images;
    private final GoneRows gone;
    private final RowScan scan;
    private final CommitSignal signal;
    private final RecentChanges recent = new RecentChanges();

    /// Held while the end of the list is read, so that the others find it read.
    private final ReentrantLock reading = new ReentrantLock();

    /// Held by who asks the database for its head.
    private final ReentrantLock asking = new ReentrantLock();

    private volatile Optional<Asked> asked = Optional.empty();

    /// @param signal what the committer of this process tells its commits to
    public PgChangeFeed(DataSource source, CommitSignal signal) {
        this.reads = new Reads(source);
        this.ledger = new PgLedger(source);
        this.images = new RowImages(source);
        this.gone = new GoneRows(reads);
        this.scan = new RowScan(source);
        this.signal = signal;
    }

    @Override
    public UUID epoch() {
        return lately().epoch();
    }

    /// Asked for with every write and by every follower all the time. Whoever commits holds the
    /// ledger's lock: while that is this process, its signal tells all there is, and it is enough
    /// to ask the database now and then whether another has taken over.
    @Override
    public Position head() {
        var told = signal.head();
        boolean committing = !told.equals(Position.START);
        var held = (committing ? lately() : ask()).head();
        return held.isBefore(told) ? told : held;
    }

    /// What was said lately. While one asks, the others take what was said before: many at once
    /// would keep a slow database from answering anybody.
    private Asked lately() {
        var last = asked;
        if (last.isPresent() && (isRecent(last.get()) || !asking.tryLock())) {
            return last.get();
        }
        if (last.isEmpty()) {
            asking.lock();
        }
        try {
            return asked.filter(PgChangeFeed::isRecent).orElseGet(this::ask);
        } finally {
            asking.unlock();
        }
    }

    private static boolean isRecent(Asked one) {
        return System.nanoTime() - one.when() < LONGEST_SILENCE.toNanos();
    }

    private Asked ask() {
        long when = System.nanoTime();
        var head = ledger.head();
        var answer = new Asked(head.epoch(), head.position(), when);
        asked = Optional.of(answer);
        return answer;
    }

    @Override
    public Batch changesAfter(Position after, int limit) {
        var head = head();
        if (!after.isBefore(head)) {
            recent.dropOld(epoch());
            return new Batch(after, List.of(), List.of());
        }
        var kept = recent.since(epoch(), after, limit);
        if (kept.isPresent()) {
            return kept.get();
        }
        if (recent.isBehind(after)) {
            return read(after, head, limit);
        }
        reading.lock();
        try {
            return recent.since(epoch(), after, limit).orElseGet(() -> read(after, head, limit));
        } finally {
            reading.unlock();
        }
    }

    private Batch read(Position after, Position head, int limit) {
        List<Touched> touched = changes(CHANGES, after.number(), head.number(), limit + 1);
        if (touched.size() <= limit) {
            return read(after, head, touched);
        }
        var whole = Touched.first(touched, limit);
        var last = new Position(whole.getLast().position());
        // Of one position there may be more than was asked for.
        return whole.size() > limit
                ? read(after, last, changes(CHANGES_OF_ONE, last.number()))
                : read(after, last, whole);
    }

    private List<Touched> changes(String sql, Object... parameters) {
        return reads.list(
                "read the changes",
                sql,
                row ->
                        new Touched(
                                row.getLong("position"),
                                new RowKey(
                                        RowKind.numbered(row.getInt("kind")),
                                        row.getObject("row_id", UUID.class),
                                        row.getLong("row_position"))),
                parameters);
    }

    private Batch read(Position after, Position upTo, List<Touched> touched) {
        var keys = new LinkedHashSet<RowKey>();
        touched.forEach(row -> keys.add(row.key()));
        long now = System.nanoTime();
        var forgotten = gone.between(after.number(), upTo.number());
        var rows = images.of(new ArrayList<>(keys), upTo);
        if (keys.stream().anyMatch(key -> key.kind() == RowKind.FORGOTTEN)) {
            recent.clear();
        } else if (!recent.isBehind(after)) {
            recent.keep(Stretch.of(epoch(), after, upTo, touched, rows, now));
        }
        return new Batch(upTo, forgotten, rows.values().stream().map(Image::row).toList());
    }

    @Override
    public Position awaitBeyond(Position after, Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (true) {
            var head = head();
            long left = deadline - System.nanoTime();
            if (after.isBefore(head) || left <= 0) {
                return head;
            }
            signal.awaitBeyond(after, CommitSignal.atMost(left, LONGEST_SILENCE));
        }
    }

    @Override
    public Position scan(Set<Class<? extends Row>> kinds, int batchSize, Consumer<List<Row>> sink) {
        var head = head();
        scan.upTo(head, kinds, batchSize, sink);
        return head;
    }

    /// What the database said of its head, and when it was asked, by the clock of this process.
    private record Asked(UUID epoch, Position head, long when) {}
}
