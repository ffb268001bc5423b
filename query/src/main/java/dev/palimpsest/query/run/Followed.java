package dev.palimpsest.query.run;

import dev.palimpsest.time.Position;
import java.util.function.Supplier;

/// A projection, and how far it has followed the ledger.
///
/// @param position everything up to it is seen by readers; throws
///   [dev.palimpsest.port.StoreException.Unavailable] while the projection is built or has failed
public record Followed<P>(P projection, Supplier<Position> position) {

    Position covers() {
        return position.get();
    }
}
