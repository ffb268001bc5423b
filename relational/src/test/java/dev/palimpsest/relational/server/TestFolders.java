package dev.palimpsest.relational.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// Folders for servers of tests, where the server's user can reach them.
public final class TestFolders {

    private TestFolders() {}

    /// A new empty folder that any user may enter.
    public static Path create() throws IOException {
        Path folder = Files.createTempDirectory("palimpsest-test-");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        return folder;
    }

    /// Where the server's programs are kept from one test run to the next.
    public static Path programs() {
        return Path.of(
                System.getProperty("java.io.tmpdir"),
                "palimpsest-test-programs-" + System.getProperty("user.name"));
    }

    /// Stops a server without writing anything to disk any more, and deletes its folder.
    public static void discard(PostgresServer server, Path folder) throws IOException {
        Commands.signal("QUIT", server.pid());
        server.close();
        delete(folder);
    }

    public static void delete(Path folder) throws IOException {
        Folders.deleteIfExists(folder);
    }
}
