package dev.palimpsest.api.mcp;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/// What agents are told of a tool: read from `<name>.yaml` beside its class.
///
/// @param annotations `readOnly`, `destructive` and `idempotent`, each false unless said
/// @param input a JSON schema, whose first example is shown to whoever calls it wrongly
/// @param output a JSON schema
record Definition(
        String title,
        String description,
        Map<String, Boolean> annotations,
        Map<String, Object> input,
        Map<String, Object> output) {

    private static final JsonMapper YAML = JsonMapper.builder(new YAMLFactory()).build();

    static Definition of(Tool tool) {
        try (var file = tool.getClass().getResourceAsStream(tool.name() + ".yaml")) {
            if (file == null) {
                throw new IllegalStateException("nothing describes the tool " + tool.name());
            }
            return YAML.readValue(file, new TypeReference<>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    McpSchema.Tool tool(String name) {
        return McpSchema.Tool.builder(name, input)
                .title(title)
                .description(description.strip())
                .outputSchema(output)
                .annotations(
                        McpSchema.ToolAnnotations.builder()
                                .title(title)
                                .readOnlyHint(annotations.getOrDefault("readOnly", false))
                                .destructiveHint(annotations.getOrDefault("destructive", false))
                                .idempotentHint(annotations.getOrDefault("idempotent", false))
                                .openWorldHint(false)
                                .build())
                .build();
    }

    /// The first example of a right call.
    Object example() {
        return ((List<?>) input.getOrDefault("examples", List.of(Map.of()))).getFirst();
    }
}
