package dev.palimpsest.relational.commit;

import dev.palimpsest.port.WriteResult.Refusal;
import java.time.Instant;
import java.util.Optional;

/// An item as the committer takes it.
///
/// @param recorded when some other store recorded it
/// @param flaw why it is refused whatever the ledger holds
record Prepared(Task task, Optional<Instant> recorded, Optional<Refusal> flaw) {

    Prepared flawed(Refusal found) {
        return new Prepared(task, recorded, Optional.of(found));
    }
}
