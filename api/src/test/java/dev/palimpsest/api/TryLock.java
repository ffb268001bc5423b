package dev.palimpsest.api;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A process that ends with 0 if it could lock a file, else with 1.
final class TryLock {

    private TryLock() {}

    public static void main(String[] file) throws IOException {
        try (var channel = FileChannel.open(Path.of(file[0]), StandardOpenOption.WRITE)) {
            System.exit(channel.tryLock() == null ? 1 : 0);
        }
    }
}
