package dev.palimpsest.port;

import dev.palimpsest.model.SpaceId;
import dev.palimpsest.time.Position;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What was forgotten, and what of it is still to be cleaned away. Safe for use by many threads.
public interface Tombstones {

    /// The tombstones of a space, of the space itself, too, the oldest first.
    ///
    /// @param after those of later positions only
    List<Tombstone> of(SpaceId space, Position after, int limit);

    /// Forgettings that projections and free space may still hold something of, the oldest first.
    List<Remainder> remainders();

    /// Rids the ledger of what was left of forgettings when all projections are rid of it. Nothing
    /// is given back while somebody still reads the ledger as it was before one of them.
    ///
    /// @return false if somebody does: call it again later
    boolean clean(List<Remainder> remainders);

    /// What is left of something forgotten.
    ///
    /// @param kind `entity`, `memory`, `source` or `space`
    /// @param idHash SHA-256 of its id, in hexadecimal
    /// @param touched how many rows of what were deleted or changed
    /// @param cleaned whether projections have given it back, and the ledger's tables were vacuumed
    ///   of it: no row of it is left, not even a dead one
    /// @param lifted when it was allowed again
    record Tombstone(
            Position position,
            String kind,
            String idHash,
            String reason,
            Instant recorded,
            Map<String, Long> touched,
            boolean cleaned,
            Optional<Instant> lifted) {}

    /// A forgetting that is not cleaned up.
    record Remainder(SpaceId space, Position position) {}
}
