package dev.palimpsest.ingest.source;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.ingest.source.Passages.Passage;
import dev.palimpsest.model.Memory;
import dev.palimpsest.model.MemoryId;
import dev.palimpsest.model.SourceId;
import dev.palimpsest.model.Value;
import dev.palimpsest.port.WriteItem;
import dev.palimpsest.port.WriteItem.Action.KeepMemory;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What is read into memories: its name is their session, and every memory says in its metadata
/// where in it it stands.
///
/// @param name of the file, of at most [Shapes#LONGEST_LABEL] characters
/// @param source who says so
record Document(String name, SourceId source) {

    /// What is known of a passage beside its text.
    record Origin(Optional<String> speaker, Optional<Instant> occurred, ObjectNode metadata) {}

    ObjectNode metadata(long line) {
        return JsonNodeFactory.instance.objectNode().put("document", name).put("line", line);
    }

    /// A memory of the passage.
    Parsed memory(Passage passage, Origin origin, ContentIds ids) {
        return ItemParser.parsing(() -> {
            var metadata = StrictJson.canonical(origin.metadata());
            StrictJson.requireStorable(passage.text(), "text");
            ids.standAt(
                    passage.offset(),
                    name,
                    source.value(),
                    origin.speaker().orElse(""),
                    origin.occurred().map(Instant::toString).orElse(""),
                    metadata,
                    passage.text());
            return Shapes.made("memory", () -> item(passage.text(), origin, metadata, ids));
        });
    }

    private WriteItem item(String text, Origin origin, String metadata, ContentIds ids) {
        return WriteItem.now(
                new KeepMemory(
                        new Memory(
                                new MemoryId(ids.get()),
                                text,
                                origin.occurred(),
                                Optional.empty(),
                                Optional.of(name),
                                origin.speaker(),
                                Optional.empty(),
                                List.of(),
                                source,
                                new Value.Json(metadata).canonicalText())));
    }
}
