package dev.palimpsest.api.route;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.palimpsest.schema.SchemaFiles;

/// The description of this interface, as the files of the room `schema` have it.
public final class OpenApi {

    private OpenApi() {}

    /// The whole description, put together from its parts.
    public static JsonNode read() {
        var yaml = new YAMLMapper();
        try {
            var whole = (ObjectNode) yaml.readTree(SchemaFiles.openApi());
            for (var part : SchemaFiles.openApiParts()) {
                merge(whole, (ObjectNode) yaml.readTree(part));
            }
            return whole;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("openapi.yaml is no YAML", e);
        }
    }

    private static void merge(ObjectNode whole, ObjectNode part) {
        part.properties()
                .forEach(field -> {
                    var there = whole.get(field.getKey());
                    if (there instanceof ObjectNode old
                            && field.getValue() instanceof ObjectNode more) {
                        merge(old, more);
                    } else if (there != null) {
                        throw new IllegalStateException(
                                "openapi.yaml says twice what " + field.getKey() + " is");
                    } else {
                        whole.set(field.getKey(), field.getValue());
                    }
                });
    }
}
