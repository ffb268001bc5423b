package dev.palimpsest.ingest.source;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/// Reads items one after another, holding no more than one of them. Close it: it holds the file.
public interface ItemReader extends Closeable {

    /// The next piece; empty at the end. What cannot be read is refused, and the pieces after it
    /// are read nevertheless, unless the refusal says that nothing can be.
    ///
    /// @throws IOException if the file itself cannot be read
    Optional<Piece> next() throws IOException;

    /// @param number of the line or feature, from 1
    /// @param text as it stood in what was read; empty if it cannot be told
    record Piece(long number, Parsed parsed, String text) {}
}
