package dev.palimpsest.relational.commit;

import dev.palimpsest.time.Stamp;
import java.util.UUID;

/// A row of the table `change`: one row touched at one position.
record Change(Stamp stamp, int ordinal, int space, Kind kind, UUID row, long rowPosition) {

    /// What kind of row was touched. The order is part of what lies on disk.
    enum Kind {
        ENTITY,
        PREDICATE,
        ASSERTION,
        FACT_VERSION,
        PROFILE,
        MEMORY,
        SOURCE,
        /// Something was forgotten; what rows that touched is told by `gone_row`.
        FORGOTTEN
    }
}
