package dev.palimpsest.port;

import dev.palimpsest.model.Key;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Keeps keys, and of their secrets only what tells a right one from a wrong one. Safe for use by
/// many threads.
public interface Keys {

    /// Keeps a new key.
    ///
    /// @param sha256 of its whole text, in hexadecimal
    /// @throws StoreException.Conflict if its id is taken
    void add(Key key, String sha256);

    /// All keys that were ever made, the oldest first.
    List<Kept> all();

    /// Revokes a key for good; one that is revoked stays so since when it was.
    ///
    /// @return the key as it is now; empty if there is none
    Optional<Key> revoke(String id, Instant since);

    /// A key, and the SHA-256 of its text, in hexadecimal.
    record Kept(Key key, String sha256) {}
}
