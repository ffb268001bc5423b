package dev.palimpsest.relational.commit;

import dev.palimpsest.port.StoreException;
import dev.palimpsest.time.Bookmark;
import dev.palimpsest.time.Position;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The committer's connection, which holds the lock of its partition for as long as it lives.
final class Session implements AutoCloseable {

    /// The tables grow while the plans stay, and the queries are lookups always: no plan may become
    /// a scan because a table was small when it was made. Commits wait for the disk whatever the
    /// server's setting.
    private static final String SETTINGS =
            """
            set synchronous_commit = on;
            set lock_timeout = '10s';
            set plan_cache_mode = force_generic_plan;
            set enable_seqscan = off;
            set enable_hashjoin = off;
            set enable_mergejoin = off;
            """;

    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    private final Connection connection;
    private final int partition;
    private final RowReader rows;
    private final NameReader names;
    private final Numbers numbers;
    private final Partitions partitions;
    private Head head;

    private Session(Connection connection, int partition) throws SQLException {
        this.connection = connection;
        this.partition = partition;
        this.rows = new RowReader(connection);
        this.names = new NameReader(connection);
        this.numbers = new Numbers(connection);
        this.head = readHead(connection, partition);
        this.partitions = new Partitions(connection);
    }

    /// @throws StoreException.Unavailable if somebody else holds the lock, or PostgreSQL does not
    ///   answer
    static Session open(DataSource source, int partition) {
        Connection connection = connect(source);
        try {
            connection.setAutoCommit(true);
            lock(connection, partition);
            try (var statement = connection.createStatement()) {
                statement.execute(SETTINGS);
            }
            connection.setAutoCommit(false);
            var session = new Session(connection, partition);
            connection.commit();
            return session;
        } catch (SQLException e) {
            letGo(connection);
            throw new StoreException.Unavailable(
                    "PostgreSQL does not let the committer in: " + e.getMessage(), e);
        } catch (StoreException e) {
            letGo(connection);
            throw e;
        }
    }

    private static Connection connect(DataSource source) {
        try {
            return source.getConnection();
        } catch (SQLException e) {
            throw new StoreException.Unavailable(
                    "PostgreSQL does not answer: " + e.getMessage(), e);
        }
    }

    private static void lock(Connection connection, int partition) throws SQLException {
        long deadline = System.nanoTime() + Limits.LONGEST_WAIT_FOR_LOCK.toNanos();
        try (var query = connection.prepareStatement("select pg_try_advisory_lock(?)")) {
            query.setLong(1, partition);
            while (true) {
                try (var row = query.executeQuery()) {
                    if (row.next() && row.getBoolean(1)) {
                        return;
                    }
                }
                if (System.nanoTime() > deadline) {
                    throw new StoreException.Unavailable(
                            "another process writes to partition "
                                    + partition
                                    + " of this ledger; stop it first");
                }
                Thread.sleep(Limits.BETWEEN_LOCK_ATTEMPTS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException.Unavailable("interrupted while waiting for the lock", e);
        }
    }

    private static Head readHead(Connection connection, int partition) throws SQLException {
        try (var query =
                connection.prepareStatement(
                        """
                        select epoch, last_position, last_recorded, last_node
                        from ledger where partition = ?
                        """)) {
            query.setInt(1, partition);
            try (var row = query.executeQuery()) {
                if (!row.next()) {
                    throw new StoreException.Corrupt("the ledger has no partition " + partition);
                }
                return new Head(
                        row.getObject(1, UUID.class),
                        row.getLong(2),
                        row.getLong(3),
                        row.getLong(4));
            }
        }
    }

    Connection connection() {
        return connection;
    }

    int partition() {
        return partition;
    }

    RowReader rows() {
        return rows;
    }

    NameReader names() {
        return names;
    }

    Numbers numbers() {
        return numbers;
    }

    Head head() {
        return head;
    }

    Bookmark bookmark() {
        return bookmark(head);
    }

    Bookmark bookmark(Head at) {
        return new Bookmark(at.epoch(), partition, new Position(at.position()));
    }

    void moveTo(Head committed) {
        head = committed;
    }

    void ensurePartitions() throws SQLException {
        ensurePartitions(0);
    }

    /// The same when so many positions are taken at once.
    void ensurePartitions(long positions) throws SQLException {
        partitions.ensure(head.position() + positions);
    }

    void rollback() throws SQLException {
        connection.rollback();
    }

    boolean isAlive() {
        try {
            return connection.isValid(1);
        } catch (SQLException e) {
            throw new IllegalStateException("one second is a valid time to wait", e);
        }
    }

    /// Gives the lock back and the connection as it was.
    @Override
    public void close() {
        try (var statement = connection.createStatement()) {
            connection.rollback();
            connection.setAutoCommit(true);
            statement.execute("select pg_advisory_unlock_all()");
            statement.execute("reset all");
            connection.close();
        } catch (SQLException e) {
            letGo(connection);
        }
    }

    /// Breaks the connection off: whatever it was doing is rolled back, and the lock is free as
    /// soon as the server notices.
    void abandon() {
        letGo(connection);
    }

    private static void letGo(Connection connection) {
        try (connection) {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            LOG.debug("a connection that was broken off is gone already", e);
        }
    }
}
