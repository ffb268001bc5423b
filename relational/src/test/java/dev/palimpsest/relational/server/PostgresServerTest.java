package dev.palimpsest.relational.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresServerTest {

    private Path folder;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = TestFolders.create();
    }

    @AfterEach
    void deleteFolder() throws IOException {
        TestFolders.delete(folder);
    }

    @Test
    void keepsWhatWasCommittedFromOneStartToTheNext() throws SQLException {
        try (var server = start()) {
            execute(server, "create table kept (n int)");
            execute(server, "insert into kept select generate_series(1, 10)");
        }
        try (var server = start()) {
            assertThat(number(server, "select count(*) from kept")).isEqualTo(10);
        }
    }

    @Test
    void losesNothingCommittedWhenTheServerIsKilled() throws SQLException {
        try (var server = start()) {
            execute(server, "create table kept as select generate_series(1, 1000) n");
            Commands.signal("KILL", server.pid());
            await(() -> !server.isAlive());
        }
        assertThat(folder.resolve("data/postmaster.pid")).exists();
        try (var server = start()) {
            assertThat(number(server, "select count(*) from kept")).isEqualTo(1000);
        }
    }

    @Test
    void refusesAFolderThatIsInUse() throws SQLException {
        try (var server = start()) {
            assertThatThrownBy(this::start).hasMessageContaining("in use by another process");
            assertThat(number(server, "select 1")).isEqualTo(1);
        }
    }

    @Test
    void stopsAnOrphanBeforeItStartsItsOwn() throws IOException, SQLException {
        long orphan;
        try (var server = start()) {
            execute(server, "create table kept as select 7 n");
        }
        Path programs = ServerBinaries.unpackedIn(TestFolders.programs()).home();
        try (var taken = ServerFolder.taken(folder)) {
            var command =
                    List.of(
                            programs.resolve("bin/postgres").toString(),
                            "-D",
                            taken.data().toString(),
                            "-c",
                            "listen_addresses=",
                            "-c",
                            "unix_socket_directories=" + taken.data());
            var process = new ProcessBuilder(taken.user().run(command)).start();
            orphan = process.pid();
            await(() -> PidFile.read(taken.pidFile()).map(PidFile::ready).orElse(false));
        }
        try (var server = start()) {
            assertThat(ProcessHandle.of(orphan).map(ProcessHandle::isAlive).orElse(false))
                    .isFalse();
            assertThat(number(server, "select n from kept")).isEqualTo(7);
        }
    }

    @Test
    void takesNoStrangerForAnOrphan() throws IOException, SQLException {
        start().close();
        long stranger = ProcessHandle.current().pid();
        Files.writeString(
                folder.resolve("data/postmaster.pid"),
                stranger + "\n" + folder.resolve("data") + "\n1\n5432\n\n127.0.0.1\n\nready\n");
        try (var server = start()) {
            assertThat(number(server, "select 1")).isEqualTo(1);
        }
    }

    @Test
    void tellsWhatTheServerSaidWhenItDoesNotStart() throws IOException {
        start().close();
        Files.writeString(folder.resolve("data/PG_VERSION"), "9.6\n");
        assertThatThrownBy(this::start)
                .hasMessageContaining("did not start")
                .hasMessageContaining("database files are incompatible with server");
    }

    @Test
    void startsAgainWhereTheFirstStartBrokeOff() throws IOException, SQLException {
        Files.createDirectories(folder.resolve("data.unfinished/base"));
        Files.writeString(folder.resolve("data.unfinished/PG_VERSION"), "18\n");
        try (var server = start()) {
            assertThat(number(server, "select 1")).isEqualTo(1);
        }
        assertThat(folder.resolve("data.unfinished")).doesNotExist();
    }

    @Test
    void letsInOnlyWhoKnowsThePassword() throws IOException {
        try (var server = start()) {
            assertThatThrownBy(() ->
                            DriverManager.getConnection(server.jdbcUrl(), server.user(), "guess"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
            assertThat(
                            PosixFilePermissions.toString(
                                    Files.getPosixFilePermissions(folder.resolve("password"))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void runsWithTheSettingsItWasGiven() throws SQLException {
        var asked = new TreeMap<>(ServerSettings.ALL);
        try (var server = start();
                var connection = connect(server);
                var found =
                        connection
                                .createStatement()
                                .executeQuery(
                                        """
                                        select name from pg_file_settings
                                        where applied and error is null
                                        and sourcefile like '%/postgresql.conf'
                                        """)) {
            while (found.next()) {
                asked.remove(found.getString(1));
            }
            assertThat(asked.keySet()).isEmpty();
            assertThat(number(server, "select 1 where current_setting('fsync') = 'on'"))
                    .isEqualTo(1);
            assertThat(number(server, "select 1 where current_setting('data_checksums') = 'on'"))
                    .isEqualTo(1);
        }
    }

    private PostgresServer start() {
        return PostgresServer.start(folder, TestFolders.programs());
    }

    private static Connection connect(PostgresServer server) throws SQLException {
        return DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password());
    }

    private static void execute(PostgresServer server, String sql) throws SQLException {
        try (var connection = connect(server);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long number(PostgresServer server, String sql) throws SQLException {
        try (var connection = connect(server);
                var statement = connection.createStatement();
                var found = statement.executeQuery(sql)) {
            assertThat(found.next()).isTrue();
            return found.getLong(1);
        }
    }

    interface Condition {
        boolean holds() throws IOException;
    }

    static void await(Condition condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        try {
            while (!condition.holds()) {
                assertThat(System.nanoTime()).as("waited too long").isLessThan(deadline);
                Thread.sleep(10);
            }
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
