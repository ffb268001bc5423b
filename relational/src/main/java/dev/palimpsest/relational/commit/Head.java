package dev.palimpsest.relational.commit;

import java.util.UUID;

/// Where the ledger stands.
///
/// @param position the last given out
/// @param recorded the latest recorded time given out, in microseconds
/// @param node the last number given to an entity or memory
public record Head(UUID epoch, long position, long recorded, long node) {

    Head withNode(long next) {
        return new Head(epoch, position, recorded, next);
    }

    Head stamped(long nextPosition, long time) {
        return new Head(epoch, nextPosition, Math.max(recorded, time), node);
    }
}
