package dev.palimpsest.graph.janus;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.MemoryId;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.Ledger;
import dev.palimpsest.port.Row;
import java.util.Optional;
import java.util.OptionalLong;

/// Finds the node of what a caller names, so that the graph needs no index of names.
public interface NodeNumbers {

    OptionalLong entity(SpaceId space, EntityId entity);

    OptionalLong memory(SpaceId space, MemoryId memory);

    /// As the ledger numbers them.
    static NodeNumbers of(Ledger ledger) {
        return new NodeNumbers() {
            @Override
            public OptionalLong entity(SpaceId space, EntityId entity) {
                return ledger.node(space, entity);
            }

            @Override
            public OptionalLong memory(SpaceId space, MemoryId memory) {
                Optional<Row.OfMemory> row = ledger.memory(space, memory, ledger.head().position());
                return row.map(kept -> OptionalLong.of(kept.node())).orElse(OptionalLong.empty());
            }
        };
    }
}
