package dev.palimpsest.api;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.LockSupport;

/// A process that ends with 0 if it could lock a file, else with 1. It says `locked`, and keeps it
/// so many milliseconds.
final class TryLock {

    private TryLock() {}

    public static void main(String[] fileAndMillis) throws IOException {
        try (var channel = FileChannel.open(Path.of(fileAndMillis[0]), StandardOpenOption.WRITE)) {
            if (channel.tryLock() == null) {
                System.exit(1);
            }
            System.out.println("locked");
            LockSupport.parkNanos(Long.parseLong(fileAndMillis[1]) * 1_000_000);
        }
    }
}
