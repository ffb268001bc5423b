package dev.palimpsest.relational;

import dev.palimpsest.port.ChangeFeed;
import dev.palimpsest.port.Row;
import dev.palimpsest.time.Position;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
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
    private volatile Optional<Asked> asked = Optional.empty();

    /// @param signal what the committer of this process tells its commits to
    public PgChangeFeed(DataSource source, CommitSignal signal) {
        this.reads = new Reads(source);
        this.ledger = new PgLedger(source);
        this.images = new RowImages(reads);
        this.gone = new GoneRows(reads);
        this.scan = new RowScan(reads);
        this.signal = signal;
    }

    @Override
    public UUID epoch() {
        return lately().orElseGet(this::ask).epoch();
    }

    /// Asked for with every write and by every follower all the time. Whoever commits holds the
    /// ledger's lock: while that is this process, its signal tells all there is, and it is enough
    /// to ask the database now and then whether another has taken over.
    @Override
    public Position head() {
        var told = signal.head();
        boolean committing = !told.equals(Position.START);
        var known = committing ? lately() : Optional.<Asked>empty();
        var held = known.orElseGet(this::ask).head();
        return held.isBefore(told) ? told : held;
    }

    private Optional<Asked> lately() {
        return asked.filter(one -> System.nanoTime() - one.when() < LONGEST_SILENCE.toNanos());
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
            return new Batch(after, List.of(), List.of());
        }
        List<Touched> touched = changes(CHANGES, after.number(), head.number(), limit + 1);
        if (touched.size() <= limit) {
            return batch(after, head, touched);
        }
        long cut = touched.getLast().position();
        List<Touched> whole = touched.stream().filter(row -> row.position() < cut).toList();
        return whole.isEmpty()
                ? batch(after, new Position(cut), changes(CHANGES_OF_ONE, cut))
                : batch(after, new Position(cut - 1), whole);
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

    private Batch batch(Position after, Position upTo, List<Touched> touched) {
        var keys = new LinkedHashSet<RowKey>();
        touched.forEach(row -> keys.add(row.key()));
        return new Batch(
                upTo,
                gone.between(after.number(), upTo.number()),
                images.of(new ArrayList<>(keys)));
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
    public Position scan(int batchSize, Consumer<List<Row>> sink) {
        var head = head();
        scan.upTo(head, batchSize, sink);
        return head;
    }

    /// What the database said of its head, and when it was asked, by the clock of this process.
    private record Asked(UUID epoch, Position head, long when) {}

    /// A row, and a position that touched it.
    private record Touched(long position, RowKey key) {}
}
