package dev.palimpsest.api.mcp.memory;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.palimpsest.ingest.source.MemoryServerFacts.Observation;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A graph as the memory server writes it: as JSON indented by two, and as its file.
final class GraphJson {

    private static final JsonMapper MAPPER =
            JsonMapper.builder().disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE).build();

    private static final ObjectWriter INDENTED = MAPPER.writer(new Indented());

    private GraphJson() {}

    @JsonPropertyOrder({"name", "entityType", "observations"})
    record EntityBody(String name, String entityType, List<String> observations) {}

    @JsonPropertyOrder({"from", "to", "relationType"})
    record RelationBody(String from, String to, String relationType) {}

    @JsonPropertyOrder({"entities", "relations"})
    record GraphBody(List<EntityBody> entities, List<RelationBody> relations) {}

    @JsonPropertyOrder({"type", "name", "entityType", "observations"})
    private record EntityLine(
            String type, String name, String entityType, List<String> observations) {}

    @JsonPropertyOrder({"type", "from", "to", "relationType"})
    private record RelationLine(String type, String from, String to, String relationType) {}

    static GraphBody body(HeldGraph.Part part) {
        return new GraphBody(
                part.entities().stream()
                        .map(one ->
                                new EntityBody(
                                        one.name(),
                                        one.entityType(),
                                        one.observations().stream()
                                                .map(Observation::text)
                                                .toList()))
                        .toList(),
                part.relations().stream()
                        .map(one -> new RelationBody(one.from(), one.to(), one.relationType()))
                        .toList());
    }

    static String indented(Object value) {
        try {
            return INDENTED.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer is no JSON", e);
        }
    }

    /// The file: entities, then relations, one a line.
    static String lines(GraphBody graph) {
        var entities =
                graph.entities().stream()
                        .map(one ->
                                new EntityLine(
                                        "entity",
                                        one.name(),
                                        one.entityType(),
                                        one.observations()));
        var relations =
                graph.relations().stream()
                        .map(one ->
                                new RelationLine(
                                        "relation", one.from(), one.to(), one.relationType()));
        return Stream.concat(entities, relations)
                .map(GraphJson::line)
                .collect(Collectors.joining("\n"));
    }

    private static String line(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a line is no JSON", e);
        }
    }

    /// As `JSON.stringify(value, null, 2)` indents.
    private static final class Indented extends DefaultPrettyPrinter {

        private static final long serialVersionUID = 1L;

        Indented() {
            super(
                    Separators.createDefaultInstance()
                            .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                            .withArrayEmptySeparator("")
                            .withObjectEmptySeparator(""));
            var newLine = new DefaultIndenter("  ", "\n");
            indentArraysWith(newLine);
            indentObjectsWith(newLine);
        }

        @Override
        public DefaultPrettyPrinter createInstance() {
            return new Indented();
        }
    }
}
