package dev.palimpsest.port;

import dev.palimpsest.time.Position;
import java.time.Duration;

/// How far the projections have followed the ledger. Safe for use by many threads.
public interface Visibility {

    /// How visible a write is.
    enum Level {
        /// It is on disk in the ledger.
        DURABLE,
        /// Text, place, time and graph find it.
        SEARCHABLE,
        /// Meaning finds it too.
        EMBEDDED
    }

    /// Everything up to this position is visible at `level`.
    ///
    /// @throws StoreException.Unavailable while a projection of that level is being built or has
    ///   failed; the message says which and why
    Position covers(Level level);

    /// Waits until everything up to `position` is visible at `level`.
    ///
    /// @return false if `atMost` passed first
    boolean await(Position position, Level level, Duration atMost) throws InterruptedException;

    /// How many positions the slowest projection of `level` lies behind the ledger, those left out
    /// that are being built.
    long lag(Level level);
}
