package dev.palimpsest.ingest.source;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.Memory;
import dev.palimpsest.model.MemoryId;
import dev.palimpsest.model.Value;
import java.util.List;
import java.util.function.Supplier;

/// Reads a memory.
final class MemoryParser {

    static final List<String> FIELDS =
            List.of(
                    "id",
                    "text",
                    "occurred",
                    "agent",
                    "session",
                    "speaker",
                    "place",
                    "mentions",
                    "source",
                    "metadata");

    private static final int MOST_MENTIONS = 1_000;
    private static final Shape<List<EntityId>> MENTIONS =
            Shapes.listOf(DomainShapes.ENTITY, MOST_MENTIONS);

    private final Supplier<String> ids;

    MemoryParser(Supplier<String> ids) {
        this.ids = ids;
    }

    Memory read(StrictObject memory) {
        return new Memory(
                memory.optional("id", DomainShapes.MEMORY).orElseGet(() -> new MemoryId(ids.get())),
                memory.required("text", Shapes.TEXT.as(MemoryParser::requireText)),
                memory.optional("occurred", Shapes.MOMENT),
                memory.optional("agent", Shapes.LABEL),
                memory.optional("session", Shapes.LABEL),
                memory.optional("speaker", Shapes.LABEL),
                memory.optional("place", DomainShapes.POINT),
                memory.optional("mentions", MENTIONS).orElse(List.of()),
                memory.required("source", DomainShapes.SOURCE),
                memory.optional("metadata", MemoryParser::metadata).orElse("{}"));
    }

    private static String requireText(String text) {
        if (text.isBlank() || text.length() > Memory.LONGEST_TEXT) {
            throw new IllegalArgumentException(
                    "has 1 to " + Memory.LONGEST_TEXT + " characters, not all blank");
        }
        return text;
    }

    private static String metadata(JsonNode node, String path) {
        Shapes.require(node.isObject(), node, path, "an object");
        StrictJson.requireStorable(node, path);
        return Shapes.made(path, () -> new Value.Json(StrictJson.canonical(node)).canonicalText());
    }
}
