package dev.palimpsest.question;

/// Counts. Safe for use by many threads.
public interface Counter {

    /// How many rows pass, at one snapshot.
    ///
    /// @throws IllegalArgumentException if it cannot be counted as it stands
    /// @throws dev.palimpsest.port.StoreException if it cannot be counted now
    Counted count(Count count);
}
