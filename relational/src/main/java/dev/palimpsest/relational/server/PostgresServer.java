package dev.palimpsest.relational.server;

import dev.palimpsest.port.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A PostgreSQL of our own in one folder, on loopback, that lives no longer than this process.
///
/// What it has committed survives any end of the process or of the machine. Killing this process
/// shuts the server down in order.
public final class PostgresServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresServer.class);

    /// The one user, who owns the one database of the same name.
    static final String USER = "palimpsest";

    private final ServerFolder folder;
    private final ServerProcess process;
    private final String password;

    private PostgresServer(ServerFolder folder, ServerProcess process, String password) {
        this.folder = folder;
        this.process = process;
        this.password = password;
    }

    /// Starts the server of `folder`, making it on first use. Only one process at a time may.
    public static PostgresServer start(Path folder) {
        return start(folder, folder);
    }

    /// Starts the server of `folder` with programs unpacked in `cache`, which servers may share.
    public static PostgresServer start(Path folder, Path cache) {
        long begin = System.nanoTime();
        try {
            ServerFolder taken = ServerFolder.taken(folder);
            try {
                PostgresServer server = startIn(taken, cache.toAbsolutePath());
                LOG.info("PostgreSQL started in {} ms", (System.nanoTime() - begin) / 1_000_000);
                return server;
            } catch (IOException | RuntimeException e) {
                taken.close();
                throw e;
            }
        } catch (IOException e) {
            throw new StoreException.Unavailable(
                    "cannot start the database in " + folder + ": " + e.getMessage(), e);
        }
    }

    private static PostgresServer startIn(ServerFolder folder, Path cache) throws IOException {
        Orphans.clear(folder);
        folder.user().mustReach(folder.root());
        ServerBinaries binaries = ServerBinaries.unpackedIn(cache);
        folder.user().mustReach(Path.of(binaries.program("postgres")));
        folder.makeDataWith(binaries);
        folder.prepareStart();
        ServerProcess process = ServerProcess.start(binaries, folder);
        var server = new PostgresServer(folder, process, folder.password());
        try {
            server.makeDatabase();
            return server;
        } catch (RuntimeException e) {
            process.stop();
            throw e;
        }
    }

    /// Where the database is, for a JDBC connection as [#user()] with [#password()].
    public String jdbcUrl() {
        return urlOf(USER);
    }

    public String user() {
        return USER;
    }

    public String password() {
        return password;
    }

    /// The server's process id.
    public long pid() {
        return process.pid();
    }

    /// Whether the server is still there; false after it crashed or was killed.
    public boolean isAlive() {
        return process.isAlive();
    }

    /// Stops the server and waits until it has. Open connections are ended.
    @Override
    public void close() {
        process.stop();
        try {
            folder.close();
        } catch (IOException e) {
            throw new StoreException.Unavailable("cannot release " + folder.root(), e);
        }
    }

    private String urlOf(String database) {
        return "jdbc:postgresql://127.0.0.1:" + process.port() + "/" + database;
    }

    private void makeDatabase() {
        try (var connection = DriverManager.getConnection(urlOf("postgres"), USER, password);
                var statement = connection.createStatement()) {
            try (var found =
                    statement.executeQuery(
                            "select 1 from pg_database where datname = 'palimpsest'")) {
                if (found.next()) {
                    return;
                }
            }
            statement.execute("create database palimpsest");
        } catch (SQLException e) {
            throw new StoreException.Unavailable(
                    "the database in " + folder.root() + " does not answer: " + e.getMessage(), e);
        }
    }
}
