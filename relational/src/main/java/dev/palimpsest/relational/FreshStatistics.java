package dev.palimpsest.relational;

import com.google.common.util.concurrent.Uninterruptibles;
import dev.palimpsest.time.Position;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Has PostgreSQL look at the tables of a young ledger as it grows.
///
/// Sessions keep the plans of their statements. One that was made while the tables were empty may
/// read all there is each time, and is kept until they are analysed. Autovacuum does that, but
/// comes by once a minute: too late for who loads thousands of rows a second. The thread ends when
/// autovacuum is enough.
public final class FreshStatistics implements AutoCloseable {

    /// The positions after which it looks.
    private static final NavigableSet<Long> MARKS =
            new TreeSet<>(List.of(500L, 5_000L, 50_000L, 500_000L));

    /// Those in which there is something, of the tables that grow with the ledger.
    private static final String TABLES =
            """
            select format('%I.%I', nspname, relname) as name
            from pg_class join pg_namespace on pg_namespace.oid = relnamespace
            where relkind = 'r' and pg_relation_size(pg_class.oid) > 0
              and (pg_class.oid in ('entity'::regclass, 'source'::regclass, 'predicate'::regclass)
                   or pg_class.oid in (select inhrelid from pg_inherits
                                       where inhparent in ('assertion'::regclass,
                                                           'fact_version'::regclass,
                                                           'profile'::regclass, 'memory'::regclass,
                                                           'change'::regclass)))
            """;

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);
    private static final Logger LOG = LoggerFactory.getLogger(FreshStatistics.class);

    private final DataSource source;
    private final CommitSignal signal;
    private final Thread thread;
    private volatile boolean stopping;

    private FreshStatistics(DataSource source, CommitSignal signal, Position head) {
        this.source = source;
        this.signal = signal;
        this.thread =
                Thread.ofPlatform()
                        .daemon()
                        .name("statistics")
                        .unstarted(() -> follow(head.number()));
    }

    /// Looks from now on, whenever the ledger has passed a mark.
    ///
    /// @param head where the ledger is now
    public static FreshStatistics start(DataSource source, CommitSignal signal, Position head) {
        var statistics = new FreshStatistics(source, signal, head);
        statistics.thread.start();
        return statistics;
    }

    private void follow(long seen) {
        try {
            for (var mark = MARKS.higher(seen); mark != null && !stopping; ) {
                long head = signal.awaitBeyond(new Position(mark), BETWEEN_LOOKS).number();
                if (head > mark) {
                    look();
                    mark = MARKS.higher(head);
                }
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
        }
    }

    private void look() {
        try (var connection = source.getConnection();
                var statement = connection.createStatement()) {
            var tables = Sql.list(connection, TABLES, row -> row.getString("name"));
            if (!tables.isEmpty()) {
                statement.execute("analyze " + String.join(", ", tables));
            }
        } catch (SQLException e) {
            LOG.warn("PostgreSQL could not look at its tables; it may be slow for a minute", e);
        }
    }

    /// Waits until there is nothing left to look after, at most so long.
    public boolean hasEnded(Duration atMost) throws InterruptedException {
        return thread.join(atMost);
    }

    /// Returns when it looks no more.
    @Override
    public void close() {
        stopping = true;
        Uninterruptibles.joinUninterruptibly(thread);
    }
}
