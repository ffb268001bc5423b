package dev.palimpsest.relational.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// The server's log from a moment on: what a failed start has to say for itself.
final class ServerLog {

    private static final int TAIL_BYTES = 4_000;

    private final Path file;
    private final long start;

    /// The log from its present end on.
    ServerLog(Path file) throws IOException {
        this.file = file;
        this.start = Files.exists(file) ? Files.size(file) : 0;
    }

    /// The last lines written since then.
    String sinceStart() throws IOException {
        try (var in = Files.newInputStream(file)) {
            in.skipNBytes(Math.max(start, Files.size(file) - TAIL_BYTES));
            return new String(in.readNBytes(TAIL_BYTES), StandardCharsets.UTF_8).strip();
        }
    }
}
