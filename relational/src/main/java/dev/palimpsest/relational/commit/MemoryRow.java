package dev.palimpsest.relational.commit;

import dev.palimpsest.model.Memory;
import dev.palimpsest.model.RowId;
import dev.palimpsest.time.Stamp;
import java.util.List;

/// A row of the table `memory`.
///
/// @param mentions nodes
record MemoryRow(
        RowId id,
        long node,
        int space,
        Memory memory,
        List<Long> mentions,
        int source,
        ContentHash hash,
        Stamp kept) {

    MemoryRow {
        mentions = List.copyOf(mentions);
    }
}
