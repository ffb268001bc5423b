package dev.palimpsest.relational;

import dev.palimpsest.relational.server.PostgresServer;
import dev.palimpsest.relational.server.TestFolders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Ledgers for tests: one server for a whole run, and a new empty database for each that asks.
///
/// The server is our own, started on first use and gone with the JVM; or, with the system property
/// `palimpsest.test.postgresUrl`, the one at that URL, whose user must be allowed to make
/// databases.
public final class TestDatabases {

    private static final String URL_PROPERTY = "palimpsest.test.postgresUrl";
    private static final String PREFIX = "palimpsest_test_";
    private static final Duration LONGEST_FAREWELL = Duration.ofSeconds(15);

    private final String url;
    private final String prefix = PREFIX + ProcessHandle.current().pid() + "_";
    private final List<String> made = new ArrayList<>();
    private boolean hasTemplate;

    private TestDatabases(String url) {
        this.url = url;
    }

    /// A new migrated ledger without a space, with an epoch of its own. Close it when done.
    public static Database fresh() {
        return Database.open(freshUrl());
    }

    /// Where a new migrated ledger is, for those who open it themselves.
    public static String freshUrl() {
        return Holder.ONLY.copyOfTemplate();
    }

    /// Where a new database is, empty and that user's own.
    static String ownedUrl(String user, String password) throws SQLException {
        var all = Holder.ONLY;
        synchronized (all) {
            var name = all.create("owned_" + all.made.size(), " owner " + user);
            return all.urlOf(name).replaceFirst("\\?.*", "")
                    + "?user="
                    + user
                    + "&password="
                    + password;
        }
    }

    /// The same database, for the server's own user.
    static String privileged(String owned) {
        int query = Holder.ONLY.url.indexOf('?');
        return owned.replaceFirst("\\?.*", "")
                + (query < 0 ? "" : Holder.ONLY.url.substring(query));
    }

    private synchronized String copyOfTemplate() {
        try {
            if (!hasTemplate) {
                create("template", "");
                Database.open(urlOf(prefix + "template")).close();
                hasTemplate = true;
            }
            String name = create(String.valueOf(made.size()), " template " + prefix + "template");
            String copy = urlOf(name);
            execute(copy, "update ledger set epoch = gen_random_uuid()");
            return copy;
        } catch (SQLException e) {
            throw new IllegalStateException("cannot make a database for a test", e);
        }
    }

    private String create(String suffix, String clause) throws SQLException {
        String name = prefix + suffix;
        execute(url, "create database " + name + clause);
        made.add(name);
        return name;
    }

    /// What time does not suffice for, the next run drops.
    private synchronized void dropWhatThereIsTimeFor() {
        long deadline = System.nanoTime() + LONGEST_FAREWELL.toNanos();
        try (var connection = DriverManager.getConnection(url)) {
            for (String name : made) {
                if (System.nanoTime() < deadline) {
                    Sql.update(connection, "drop database " + name + " with (force)");
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("cannot drop the databases of this run", e);
        }
    }

    private static void dropThoseOfDeadRuns(String url) {
        try (var connection = DriverManager.getConnection(url)) {
            var found =
                    Sql.list(
                            connection,
                            "select datname from pg_database where starts_with(datname, ?)",
                            row -> row.getString(1),
                            PREFIX);
            for (String name : found) {
                String pid = name.substring(PREFIX.length(), name.lastIndexOf('_'));
                if (ProcessHandle.of(Long.parseLong(pid)).isEmpty()) {
                    Sql.update(connection, "drop database " + name + " with (force)");
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("cannot drop the databases of earlier runs", e);
        }
    }

    private String urlOf(String database) {
        int query = url.indexOf('?');
        String tail = query < 0 ? "" : url.substring(query);
        String server = query < 0 ? url : url.substring(0, query);
        return server.substring(0, server.lastIndexOf('/') + 1) + database + tail;
    }

    private static void execute(String url, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static final class Holder {
        static final TestDatabases ONLY = open();

        private static TestDatabases open() {
            String installed = System.getProperty(URL_PROPERTY, "");
            if (!installed.isEmpty()) {
                dropThoseOfDeadRuns(installed);
                var databases = new TestDatabases(installed);
                Runtime.getRuntime().addShutdownHook(new Thread(databases::dropWhatThereIsTimeFor));
                return databases;
            }
            try {
                Path folder = TestFolders.create();
                var server = PostgresServer.start(folder, TestFolders.programs());
                Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(server, folder)));
                return new TestDatabases(
                        server.jdbcUrl()
                                + "?user="
                                + server.user()
                                + "&password="
                                + server.password());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void remove(PostgresServer server, Path folder) {
            try {
                TestFolders.discard(server, folder);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
