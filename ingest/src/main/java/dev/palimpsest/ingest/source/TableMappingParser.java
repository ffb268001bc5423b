package dev.palimpsest.ingest.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.palimpsest.ingest.source.TableMapping.Field;
import dev.palimpsest.ingest.source.TableMapping.Place;
import dev.palimpsest.ingest.source.TableMapping.Rows;
import dev.palimpsest.model.ObjectKind;
import dev.palimpsest.model.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Reads a mapping of the rows of a table.
final class TableMappingParser {

    private static final int MOST_MENTIONS = 100;
    private static final List<String> KINDS = List.of("entity", "fact", "memory");
    private static final List<String> FIELDS = List.of("delimiter", "entity", "fact", "memory");
    private static final List<String> ENTITY_FIELDS =
            Stream.concat(MappingParser.FIELDS.stream(), Stream.of("place")).toList();
    private static final List<String> FACT_FIELDS =
            List.of(
                    "subject",
                    "predicate",
                    "object",
                    "from",
                    "until",
                    "source",
                    "confidence",
                    "strength",
                    "statement",
                    "quote",
                    "recorded");
    private static final List<String> MEMORY_FIELDS =
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
                    "metadata",
                    "recorded");
    private static final List<String> OBJECT_FIELDS = List.of("kind", "from", "words", "text");

    private static final MappingParser MAPPINGS = new MappingParser(Spelling.CELLS);
    private static final Shape<JsonNode> TEXT = Shapes.TEXT.as(TextNode::valueOf);
    private static final Shape<JsonNode> NUMBER = Spelling.CELLS.number().as(DecimalNode::valueOf);

    private static final Shape<Character> DELIMITER =
            Shapes.TEXT.as(text -> {
                if (text.length() != 1 || text.charAt(0) > '~' || "\"\r\n ".contains(text)) {
                    throw new IllegalArgumentException(
                            "must be one character such as ; or a tab, and no quote or line feed");
                }
                return text.charAt(0);
            });

    private final StrictObject mapping;
    private final List<Field> fields = new ArrayList<>();

    private TableMappingParser(StrictObject mapping) {
        this.mapping = mapping;
    }

    static TableMapping mapping(JsonNode node) {
        var mapping = StrictObject.of(node, "", FIELDS);
        var kinds = KINDS.stream().filter(mapping::has).toList();
        if (kinds.size() != 1) {
            throw new InvalidField("", "must have exactly one of " + String.join(", ", KINDS));
        }
        var kind = kinds.getFirst();
        var rows =
                switch (kind) {
                    case "entity" -> entities(node.path(kind));
                    case "fact" -> {
                        var fact = StrictObject.of(node.path(kind), kind, FACT_FIELDS);
                        yield new TableMappingParser(fact).fact();
                    }
                    default -> {
                        var memory = StrictObject.of(node.path(kind), kind, MEMORY_FIELDS);
                        yield new TableMappingParser(memory).memory();
                    }
                };
        return new TableMapping(mapping.optional("delimiter", DELIMITER), rows);
    }

    private static Rows entities(JsonNode node) {
        var mapping = MAPPINGS.entity(node, "entity", ENTITY_FIELDS);
        var entity = StrictObject.of(node, "entity", ENTITY_FIELDS);
        return new Rows.OfEntities(mapping, entity.optional("place", TableMappingParser::place));
    }

    private static Place place(JsonNode node, String path) {
        var place = StrictObject.of(node, path, List.of("lat", "lon"));
        return new Place(
                place.required("lat", MappingParser.PICK),
                place.required("lon", MappingParser.PICK));
    }

    private Rows fact() {
        require("subject", "predicate", "object", "source");
        texts("subject", "predicate", "source", "statement");
        add("confidence", NUMBER, "confidence");
        add("strength", NUMBER, "strength");
        add("quote", TEXT, "evidence", "quote");
        moment("from", false, "valid", "from");
        moment("until", true, "valid", "until");
        moment("recorded", false, "recorded");
        if (mapping.has("until") && !mapping.has("from")) {
            throw new InvalidField("fact.until", "goes only with from");
        }
        mapping.required("object", this::object);
        return new Rows.OfItems(ItemKind.FACT, fields);
    }

    private Rows memory() {
        require("text", "source");
        texts("id", "text", "agent", "session", "speaker", "source");
        moment("occurred", false, "occurred");
        moment("recorded", false, "recorded");
        mapping.optional("place", TableMappingParser::place)
                .ifPresent(place -> {
                    fields.add(new Field(List.of("place", "lat"), place.latitude(), NUMBER));
                    fields.add(new Field(List.of("place", "lon"), place.longitude(), NUMBER));
                });
        mapping.optional("mentions", Shapes.listOf(MappingParser.PICK, MOST_MENTIONS))
                .orElse(List.of())
                .forEach(pick -> fields.add(new Field(List.of("mentions", "0"), pick, TEXT)));
        mapping.optional("metadata", this::metadata);
        return new Rows.OfItems(ItemKind.MEMORY, fields);
    }

    private void require(String... names) {
        for (var name : names) {
            if (!mapping.has(name)) {
                throw new InvalidField(mapping.path() + "." + name, "is required");
            }
        }
    }

    private void texts(String... names) {
        for (var name : names) {
            add(name, TEXT, name);
        }
    }

    private void add(String name, Shape<JsonNode> json, String... path) {
        mapping.optional(name, MappingParser.PICK)
                .ifPresent(pick -> fields.add(new Field(List.of(path), pick, json)));
    }

    private void moment(String name, boolean isEnd, String... path) {
        mapping.optional(name, isEnd ? MAPPINGS::end : MAPPINGS::start)
                .ifPresent(moment ->
                        fields.add(
                                new Field(
                                        List.of(path),
                                        moment.pick(),
                                        moment.shape().as(at -> TextNode.valueOf(at.toString())))));
    }

    private Field object(JsonNode node, String path) {
        var object = StrictObject.of(node, path, OBJECT_FIELDS);
        ObjectKind kind = object.required("kind", DomainShapes.KIND);
        var field =
                new Field(
                        List.of("object", kind.word()),
                        MappingParser.pick(object),
                        Spelling.CELLS.value(kind).as(TableMappingParser::json));
        fields.add(field);
        return field;
    }

    private List<Field> metadata(JsonNode node, String path) {
        var names = new ArrayList<String>();
        node.fieldNames().forEachRemaining(names::add);
        var metadata = StrictObject.of(node, path, names);
        names.forEach(name ->
                fields.add(
                        new Field(
                                List.of("metadata", name),
                                metadata.required(name, MappingParser.PICK),
                                TEXT)));
        return fields;
    }

    private static JsonNode json(Value value) {
        return switch (value) {
            case Value.Entity(var id) -> TextNode.valueOf(id.value());
            case Value.Text(var text) -> TextNode.valueOf(text);
            case Value.Numeric(var number) -> DecimalNode.valueOf(number);
            case Value.Flag(var flag) -> BooleanNode.valueOf(flag);
            case Value.Moment(var moment) -> TextNode.valueOf(moment.toString());
            case Value.Geo(var point) ->
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("lat", point.latitude())
                            .put("lon", point.longitude());
            case Value.Json json ->
                    StrictJson.read(json.canonicalText().getBytes(StandardCharsets.UTF_8));
        };
    }
}
