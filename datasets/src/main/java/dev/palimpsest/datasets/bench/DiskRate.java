package dev.palimpsest.datasets.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/// How often a second a disk can promise to have kept 8 KiB: what durable writes depend on most,
/// and what varies most.
final class DiskRate {

    private static final Duration TIME = Duration.ofSeconds(2);
    private static final int PAGE = 8 * 1024;
    private static final int PAGES = 128;

    private DiskRate() {}

    /// Measures the disk of `folder` for two seconds: write, `fdatasync`, and again.
    static double perSecond(Path folder) throws IOException {
        Path file = Files.createTempFile(folder, "disk-rate", ".tmp");
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(PAGE * PAGES));
            channel.force(true);
            long begin = System.nanoTime();
            long count = 0;
            while (System.nanoTime() - begin < TIME.toNanos()) {
                channel.write(ByteBuffer.allocate(PAGE), count % PAGES * PAGE);
                channel.force(false);
                count++;
            }
            return count * 1e9 / (System.nanoTime() - begin);
        } finally {
            Files.delete(file);
        }
    }
}
