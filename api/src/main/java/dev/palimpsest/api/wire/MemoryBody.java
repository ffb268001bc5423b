package dev.palimpsest.api.wire;

import com.fasterxml.jackson.databind.util.RawValue;
import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.Memory;
import dev.palimpsest.port.Row;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Text an agent kept.
///
/// @param recorded absent in a hit
public record MemoryBody(
        String id,
        String text,
        @Nullable String occurred,
        @Nullable String agent,
        @Nullable String session,
        @Nullable String speaker,
        @Nullable PointBody place,
        List<String> mentions,
        String source,
        RawValue metadata,
        @Nullable RecordedBody recorded) {

    public static MemoryBody of(Row.OfMemory row) {
        return of(row.memory(), RecordedBody.of(row.recorded()));
    }

    public static MemoryBody of(Memory memory) {
        return of(memory, null);
    }

    private static MemoryBody of(Memory memory, @Nullable RecordedBody recorded) {
        return new MemoryBody(
                memory.id().value(),
                memory.text(),
                memory.occurred().map(Instant::toString).orElse(null),
                memory.agent().orElse(null),
                memory.session().orElse(null),
                memory.speaker().orElse(null),
                memory.place().map(PointBody::of).orElse(null),
                memory.mentions().stream().map(EntityId::value).toList(),
                memory.source().value(),
                new RawValue(memory.metadata()),
                recorded);
    }
}
