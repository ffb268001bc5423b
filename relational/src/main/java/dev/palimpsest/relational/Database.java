package dev.palimpsest.relational;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import dev.palimpsest.port.StoreException;
import dev.palimpsest.relational.server.PostgresServer;
import dev.palimpsest.schema.SchemaFiles;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/// The ledger's database: its connections, with all migrations applied.
public final class Database implements AutoCloseable {

    private static final int OLDEST_SERVER = 15;
    private static final int MOST_CONNECTIONS = 24;
    private static final int IDLE_CONNECTIONS = 4;
    private static final Duration LONGEST_WAIT_FOR_CONNECTION = Duration.ofSeconds(10);

    private final HikariDataSource pool;

    private Database(HikariDataSource pool) {
        this.pool = pool;
    }

    /// The database of our own server.
    public static Database open(PostgresServer server) {
        var config = configFor(server.jdbcUrl());
        config.setUsername(server.user());
        config.setPassword(server.password());
        return open(config);
    }

    /// The database at a JDBC URL such as
    /// `jdbc:postgresql://host:5432/palimpsest?user=me&password=secret`; the password may also come
    /// from a password file.
    ///
    /// @throws IllegalArgumentException if it is no such URL
    public static Database open(String jdbcUrl) {
        try {
            DriverManager.getDriver(jdbcUrl);
        } catch (SQLException e) {
            throw new IllegalArgumentException(
                    "a PostgreSQL URL looks like jdbc:postgresql://host:5432/database?user=me", e);
        }
        return open(configFor(jdbcUrl));
    }

    private static Database open(HikariConfig config) {
        HikariDataSource pool;
        try {
            pool = new HikariDataSource(config);
        } catch (HikariPool.PoolInitializationException e) {
            throw new StoreException.Unavailable(
                    "PostgreSQL does not let us in: " + rootMessage(e), e);
        }
        try {
            requireFit(pool);
            migrate(pool);
            RowSecurity.prepare(pool);
            return new Database(pool);
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    private static HikariConfig configFor(String jdbcUrl) {
        var config = new HikariConfig();
        config.setPoolName("ledger");
        config.setJdbcUrl(jdbcUrl);
        config.setMaximumPoolSize(MOST_CONNECTIONS);
        config.setMinimumIdle(IDLE_CONNECTIONS);
        config.setConnectionTimeout(LONGEST_WAIT_FOR_CONNECTION.toMillis());
        config.addDataSourceProperty("ApplicationName", "palimpsest");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        return config;
    }

    private static void requireFit(DataSource pool) {
        try (var connection = pool.getConnection();
                var statement = connection.createStatement();
                var found =
                        statement.executeQuery(
                                """
                                select current_setting('server_version_num')::int / 10000,
                                       current_setting('server_encoding'),
                                       current_setting('synchronous_commit'),
                                       current_setting('fsync')
                                """)) {
            found.next();
            require(
                    found.getInt(1) >= OLDEST_SERVER,
                    "PostgreSQL is too old: " + found.getInt(1) + ", not " + OLDEST_SERVER);
            require(
                    found.getString(2).equals("UTF8"),
                    "the database's encoding must be UTF8: " + found.getString(2));
            require(
                    !found.getString(3).equals("off") && !found.getString(4).equals("off"),
                    "the server does not write commits to disk: set fsync and synchronous_commit"
                            + " to on for this database");
        } catch (SQLException e) {
            throw SqlFailure.of("look at the server", e);
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new StoreException.Unavailable(otherwise);
        }
    }

    private static void migrate(DataSource pool) {
        try {
            Flyway.configure()
                    .dataSource(pool)
                    .locations(SchemaFiles.LEDGER_MIGRATIONS)
                    .outputQueryResults(false)
                    .ignoreMigrationPatterns(new String[0])
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new StoreException.Unavailable(
                    "the ledger's tables do not fit this version of the program: " + rootMessage(e),
                    e);
        }
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage()).strip();
    }

    /// Connections to the ledger, each to be closed after use; commits by itself unless told not
    /// to.
    public DataSource dataSource() {
        return pool;
    }

    @Override
    public void close() {
        pool.close();
    }
}
