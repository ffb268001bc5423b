package dev.palimpsest.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;

/// Data folders of tests, where the database's user can reach them.
public final class DataFolders {

    private DataFolders() {}

    /// A path where a data folder can be made; there is none yet.
    public static Path create() throws IOException {
        var parent = Files.createTempDirectory("palimpsest-test-");
        Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwxr-xr-x"));
        return parent.resolve("data");
    }

    /// Deletes a path that [#create] gave, and what was made there.
    public static void delete(Path data) throws IOException {
        try (var all = Files.walk(data.getParent())) {
            all.sorted(Comparator.reverseOrder()).forEach(DataFolders::deleteOne);
        }
    }

    private static void deleteOne(Path path) {
        try {
            Files.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
