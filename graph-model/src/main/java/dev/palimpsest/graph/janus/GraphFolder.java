package dev.palimpsest.graph.janus;

import dev.palimpsest.port.StoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where a graph's files lie. It is discarded by one rename, so that a crash leaves either all of
/// it or nothing; what is left of the rest goes the next time.
final class GraphFolder {

    private static final String FILES = "je";
    private static final String DISCARDED = "discarded";

    private static final Logger LOG = LoggerFactory.getLogger(GraphFolder.class);

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

    /// Sees to it that what was written is on the disk.
    static void force(Path folder) {
        var files = folder.resolve(FILES);
        try (var within = Files.list(files)) {
            for (var file : within.filter(Files::isRegularFile).toList()) {
                force(file, StandardOpenOption.WRITE);
            }
            force(files, StandardOpenOption.READ);
        } catch (IOException e) {
            throw new StoreException.Unavailable("cannot write " + folder + " to disk", e);
        }
    }

    /// A file that is gone meanwhile was cleaned away by BerkeleyJE, which forced what it moved.
    private static void force(Path path, StandardOpenOption option) throws IOException {
        try (var open = FileChannel.open(path, option)) {
            open.force(true);
        } catch (NoSuchFileException e) {
            LOG.debug("{} was cleaned away", path, e);
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
