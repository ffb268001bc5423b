package dev.palimpsest.disk;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// Changes of files that have happened once the method returns, and before that wholly or not at
/// all, whenever the process or the machine ends.
public final class Durably {

    private static final String UNFINISHED = ".unfinished";

    private Durably() {}

    /// What is written into a file.
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /// Puts a file of that content in the place of the one that is there, if any.
    ///
    /// @throws IOException if that cannot be; then the one or the other is there, whole
    public static void replace(Path file, Content content) throws IOException {
        var next = unfinished(file);
        try (var channel =
                FileChannel.open(
                        next,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            fill(channel, content, next);
        }
        move(next, file);
    }

    private static void fill(FileChannel channel, Content content, Path next) throws IOException {
        try {
            content.writeTo(Channels.newOutputStream(channel));
            channel.force(true);
        } catch (IOException e) {
            try {
                Files.deleteIfExists(next); // a full disk needs the room
            } catch (IOException left) {
                e.addSuppressed(left);
            }
            throw e;
        }
    }

    /// Moves a file or a folder within one file system, in place of a file that is there.
    public static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        forceFolder(to);
    }

    /// Deletes a file, and what an end of the process left of the next one.
    public static void delete(Path file) throws IOException {
        boolean wasThere = Files.deleteIfExists(file);
        if (Files.deleteIfExists(unfinished(file)) || wasThere) {
            forceFolder(file);
        }
    }

    private static void forceFolder(Path inIt) throws IOException {
        var folder = inIt.toAbsolutePath().getParent();
        if (folder != null) {
            try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private static Path unfinished(Path file) {
        return file.resolveSibling(file.getFileName() + UNFINISHED);
    }
}
