package dev.palimpsest.ingest.source;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/// A JSON object whose every field is known. A field that is `null` is as good as absent.
public final class StrictObject {

    private final JsonNode node;
    private final String path;

    private StrictObject(JsonNode node, String path) {
        this.node = node;
        this.path = path;
    }

    /// @throws InvalidField if `node` is no object or has a field that is not `known`
    public static StrictObject of(JsonNode node, String path, List<String> known) {
        Shapes.require(node.isObject(), node, path, "an object");
        StreamSupport.stream(((Iterable<String>) node::fieldNames).spliterator(), false)
                .filter(name -> !known.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new InvalidField(
                            Shapes.inside(path, name),
                            "is not known here; known are " + String.join(", ", known));
                });
        return new StrictObject(node, path);
    }

    public String path() {
        return path;
    }

    public boolean has(String name) {
        return node.hasNonNull(name);
    }

    public <T> T required(String name, Shape<T> shape) {
        if (!has(name)) {
            throw new InvalidField(Shapes.inside(path, name), "is required");
        }
        return shape.read(node.path(name), Shapes.inside(path, name));
    }

    public <T> Optional<T> optional(String name, Shape<T> shape) {
        return has(name) ? Optional.of(required(name, shape)) : Optional.empty();
    }
}
