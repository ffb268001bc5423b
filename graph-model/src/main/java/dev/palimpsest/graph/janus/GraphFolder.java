package dev.palimpsest.graph.janus;

import dev.palimpsest.port.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;

/// Where a graph's files lie. It is discarded by one rename, so that a crash leaves either all of
/// it or nothing; what is left of the rest goes the next time.
final class GraphFolder {

    private static final String FILES = "je";
    private static final String DISCARDED = "discarded";

    private GraphFolder() {}

    /// The folder of the graph's own files, there and free of leftovers.
    static Path prepare(Path folder) {
        try {
            deleteTree(folder.resolve(DISCARDED));
            return Files.createDirectories(folder.resolve(FILES));
        } catch (IOException e) {
            throw new StoreException.Unavailable("cannot prepare " + folder, e);
        }
    }

    static void discard(Path folder) {
        try {
            deleteTree(folder.resolve(DISCARDED));
            Path files = folder.resolve(FILES);
            if (Files.exists(files)) {
                Files.move(files, folder.resolve(DISCARDED), StandardCopyOption.ATOMIC_MOVE);
            }
            deleteTree(folder.resolve(DISCARDED));
        } catch (IOException e) {
            throw new StoreException.Unavailable("cannot discard the graph in " + folder, e);
        }
    }

    private static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        List<Path> paths;
        try (var walk = Files.walk(root)) {
            paths = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : paths) {
            Files.deleteIfExists(path);
        }
    }
}
