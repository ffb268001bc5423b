package dev.palimpsest.relational.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What `postmaster.pid` says: which process the server is, and whether it takes connections.
record PidFile(long pid, boolean ready) {

    private static final int STATUS_LINE = 7;

    /// Reads the file; empty when it is not there or not yet written in full.
    static Optional<PidFile> read(Path file) throws IOException {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        if (lines.isEmpty() || !lines.getFirst().strip().matches("[1-9][0-9]{0,9}")) {
            return Optional.empty();
        }
        boolean ready =
                lines.size() > STATUS_LINE && lines.get(STATUS_LINE).strip().equals("ready");
        return Optional.of(new PidFile(Long.parseLong(lines.getFirst().strip()), ready));
    }
}
