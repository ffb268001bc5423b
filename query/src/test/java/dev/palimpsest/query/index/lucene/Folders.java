package dev.palimpsest.query.index.lucene;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Copies of the folders of an index.
final class Folders {

    private Folders() {}

    /// Copies all but the file that a process holds locked.
    static void copy(Path from, Path to) throws IOException {
        try (var paths = Files.walk(from)) {
            for (Path path : paths.toList()) {
                Path target = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else if (!path.endsWith("write.lock")) {
                    Files.copy(path, target);
                }
            }
        }
    }
}
