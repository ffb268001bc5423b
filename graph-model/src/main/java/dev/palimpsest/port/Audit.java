package dev.palimpsest.port;

import dev.palimpsest.model.SpaceId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Keeps who did what: added to, never changed. Each row holds the hash of the one before it. Safe
/// for use by many threads.
public interface Audit {

    /// The hash before the first row.
    String NOTHING_BEFORE = "0".repeat(64);

    /// Adds entries durably, in order, all or none.
    void append(List<Entry> entries);

    /// Rows after number `no`, at most `limit`.
    List<Row> after(long no, int limit);

    /// Works out every hash anew.
    Verified verify();

    /// What was done or refused, once.
    ///
    /// @param who the id of a key, the issuer and subject of a token, `local`, or `nobody` where
    ///   neither was valid
    /// @param route by its pattern, so that no id of an entity or memory is in it
    /// @param items how many were written; of `nobody`, how many requests were refused
    record Entry(
            Instant moment,
            String who,
            String name,
            String method,
            String route,
            Optional<SpaceId> space,
            int status,
            long items) {}

    /// An entry in the chain.
    ///
    /// @param no from 1, without a gap
    /// @param previous the hash of the row before, in hexadecimal
    /// @param sha256 of the entry, its number and `previous`
    record Row(long no, Entry entry, String previous, String sha256) {}

    /// What verifying found.
    ///
    /// @param rows that are as they were written, from the first on
    /// @param head the hash of the last of them
    /// @param flaw what is wrong with the row after them; empty if there is none
    record Verified(long rows, String head, Optional<String> flaw) {}
}
