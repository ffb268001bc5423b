package dev.palimpsest.relational.server;

import static dev.palimpsest.relational.server.PostgresServerTest.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.palimpsest.port.StoreException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What becomes of the server when the process around it is another one.
class ServerLifetimeTest {

    private static final int NOBODY = 65_534;

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
    void endsWithTheProcessThatStartedItAndKeepsWhatWasCommitted()
            throws IOException, SQLException {
        Path data = folder.resolve("database");
        Process owner =
                serve(
                        List.of(),
                        System.getProperty("java.class.path"),
                        data,
                        TestFolders.programs());
        var said = owner.inputReader(StandardCharsets.UTF_8);
        long server = Long.parseLong(said.readLine());
        String url = said.readLine();
        String password = Files.readString(data.resolve("password")).strip();
        try (var connection = DriverManager.getConnection(url, PostgresServer.USER, password);
                var statement = connection.createStatement()) {
            statement.execute("create table kept as select 42 n");
        }
        owner.destroyForcibly();
        await(() -> ProcessHandle.of(server).isEmpty());

        assertThat(data.resolve("data/postmaster.pid")).doesNotExist();
        try (var again = PostgresServer.start(data, TestFolders.programs());
                var connection =
                        DriverManager.getConnection(again.jdbcUrl(), again.user(), password);
                var statement = connection.createStatement();
                var found = statement.executeQuery("select n from kept")) {
            assertThat(found.next()).isTrue();
            assertThat(found.getInt(1)).isEqualTo(42);
        }
    }

    @Test
    void startsForAnOrdinaryUser() throws IOException {
        assumeTrue(isRoot(), "only root can become another user");
        Path home = Files.createDirectory(folder.resolve("home"));
        Files.setAttribute(home, "unix:uid", NOBODY);
        Files.setAttribute(home, "unix:gid", NOBODY);
        var become = List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");
        Process owner = serve(become, readableClassPath(), home.resolve("database"), home);
        try {
            var said = owner.inputReader(StandardCharsets.UTF_8);
            long server = Long.parseLong(said.readLine());
            assertThat(said.readLine()).startsWith("jdbc:postgresql://127.0.0.1:");
            assertThat(Files.getAttribute(Path.of("/proc/" + server), "unix:uid"))
                    .isEqualTo(NOBODY);
        } finally {
            owner.destroyForcibly();
            await(() -> Orphans.processesIn(home.resolve("database/data")).isEmpty());
        }
    }

    @Test
    void namesTheFolderThatItsUserCannotEnter() throws IOException {
        assumeTrue(isRoot(), "an ordinary user is the server's user");
        Path closed = Files.createDirectory(folder.resolve("closed"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
        assertThatThrownBy(() ->
                        PostgresServer.start(closed.resolve("database"), TestFolders.programs()))
                .isInstanceOf(StoreException.Unavailable.class)
                .hasMessageContaining(closed + " is closed to others")
                .hasMessageContaining("--data");
    }

    private static boolean isRoot() throws IOException {
        return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    }

    private static Process serve(List<String> become, String classPath, Path data, Path programs)
            throws IOException {
        var command = new ArrayList<>(become);
        command.addAll(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath,
                        ServeUntilKilled.class.getName(),
                        data.toString(),
                        programs.toString()));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    /// Copies of what is on the class path, where any user can read them.
    private String readableClassPath() throws IOException {
        Path copies = Files.createDirectory(folder.resolve("classes"));
        var entries = new ArrayList<String>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path source = Path.of(entry);
            Path copy = copies.resolve(entries.size() + "-" + source.getFileName());
            if (Files.exists(source)) {
                copyAll(source, copy);
                entries.add(copy.toString());
            }
        }
        return String.join(File.pathSeparator, entries);
    }

    private static void copyAll(Path source, Path copy) throws IOException {
        try (var files = Files.walk(source)) {
            for (Path file : files.toList()) {
                Path target = copy.resolve(source.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }
}
