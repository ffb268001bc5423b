package dev.palimpsest.api.mcp.memory;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.api.mcp.memory.GraphJson.EntityBody;
import dev.palimpsest.api.mcp.memory.GraphJson.RelationBody;
import dev.palimpsest.ingest.source.InvalidField;
import dev.palimpsest.ingest.source.Shape;
import dev.palimpsest.ingest.source.Shapes;
import java.util.List;

/// The arguments of the nine tools. Fields that are not known are passed over, as the memory server
/// does.
final class Given {

    /// A message has at most 4 MiB, so no list comes near.
    private static final int MOST = 1_000_000;

    /// A text that is kept.
    private static final Shape<String> KEPT = Shapes.TEXT;

    /// A text that is only looked for.
    static final Shape<String> SOUGHT =
            (node, path) -> {
                if (!node.isTextual()) {
                    return Shapes.TEXT.read(node, path); // says what it is instead
                }
                return node.textValue();
            };

    /// Texts that are only looked for.
    static final Shape<List<String>> ALL_SOUGHT = Shapes.listOf(SOUGHT, MOST);

    static final Shape<List<EntityBody>> ENTITIES =
            list((node, path) -> {
                requireObject(node, path);
                return new EntityBody(
                        field(node, path, "name", KEPT),
                        field(node, path, "entityType", KEPT),
                        field(node, path, "observations", Shapes.listOf(KEPT, MOST)));
            });

    static final Shape<List<RelationBody>> RELATIONS = list(relation(KEPT));

    static final Shape<List<RelationBody>> SOUGHT_RELATIONS = list(relation(SOUGHT));

    /// What is said of entities, or is to be taken back of them.
    record Observed(String entityName, List<String> contents) {}

    static final Shape<List<Observed>> OBSERVATIONS = list(observed("contents", KEPT));

    static final Shape<List<Observed>> DELETIONS = list(observed("observations", SOUGHT));

    private Given() {}

    private static Shape<RelationBody> relation(Shape<String> text) {
        return (node, path) -> {
            requireObject(node, path);
            return new RelationBody(
                    field(node, path, "from", text),
                    field(node, path, "to", text),
                    field(node, path, "relationType", text));
        };
    }

    private static Shape<Observed> observed(String texts, Shape<String> text) {
        return (node, path) -> {
            requireObject(node, path);
            return new Observed(
                    field(node, path, "entityName", SOUGHT),
                    field(node, path, texts, Shapes.listOf(text, MOST)));
        };
    }

    private static <T> Shape<List<T>> list(Shape<T> shape) {
        return Shapes.listOf(shape, MOST);
    }

    static <T> T field(JsonNode node, String path, String name, Shape<T> shape) {
        return shape.read(node.path(name), path.isEmpty() ? name : path + "." + name);
    }

    private static void requireObject(JsonNode node, String path) {
        if (!node.isObject()) {
            throw new InvalidField(path, "must be an object");
        }
    }
}
