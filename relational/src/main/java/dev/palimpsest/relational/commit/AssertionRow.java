package dev.palimpsest.relational.commit;

import dev.palimpsest.model.RowId;
import dev.palimpsest.time.Recorded;
import dev.palimpsest.time.Stamp;
import java.util.Optional;

/// A row of the table `assertion`.
record AssertionRow(RowId id, Content content, Recorded recorded, Optional<String> closedReason) {

    AssertionRow closedAt(Stamp stamp, Optional<String> reason) {
        return new AssertionRow(id, content, recorded.closedAt(stamp), reason);
    }
}
