package dev.palimpsest.api.command;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/// A file of items, read batch by batch. Close it: it holds the file.
interface ItemFile extends Closeable {

    /// The most items sent together, as many as are committed together.
    int MOST_ITEMS = 1_000;

    /// The most bytes sent together, a bit less than a server takes.
    int MOST_BYTES = 8 * 1024 * 1024;

    /// What an item is called: `line` or `feature`.
    String word();

    /// The next batch; empty at the end.
    ///
    /// @throws BrokenFile if what follows cannot be read, and nothing after it
    /// @throws IOException if the file itself cannot be read
    Optional<ItemBatch> next() throws IOException;

    /// From here on the file makes no sense.
    final class BrokenFile extends IOException {
        private static final long serialVersionUID = 1L;

        /// @param what where, and why
        BrokenFile(String what, Throwable cause) {
            super(what + "; nothing after it was read", cause);
        }
    }
}
