package dev.palimpsest.datasets.bench;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.TreeMap;

/// How many bytes lie in a data folder, by part.
public final class FolderSize {

    private static final String LOG_FOLDER = "pg_wal";

    private FolderSize() {}

    /// Bytes by the folders directly in `root`; the database's write-ahead log, which is reused and
    /// does not grow with the data, apart. Files that vanish meanwhile do not count.
    public static Map<String, Long> byPart(Path root) throws IOException {
        var parts = new TreeMap<String, Long>();
        Files.walkFileTree(
                root,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        parts.merge(part(root.relativize(file)), attributes.size(), Long::sum);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException e)
                            throws IOException {
                        if (e instanceof NoSuchFileException) {
                            return FileVisitResult.CONTINUE;
                        }
                        throw e;
                    }
                });
        return parts;
    }

    private static String part(Path file) {
        if (file.getNameCount() == 1) {
            return "files";
        }
        String first = file.getName(0).toString();
        for (Path name : file) {
            if (name.toString().equals(LOG_FOLDER)) {
                return first + " (write-ahead log)";
            }
        }
        return first;
    }
}
