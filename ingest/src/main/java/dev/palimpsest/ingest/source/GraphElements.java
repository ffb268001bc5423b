package dev.palimpsest.ingest.source;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.EntityType;
import dev.palimpsest.model.ObjectKind;
import dev.palimpsest.model.PredicateName;
import dev.palimpsest.model.SourceId;
import dev.palimpsest.model.Value;
import dev.palimpsest.port.WriteItem;
import dev.palimpsest.space.GeoPoint;
import dev.palimpsest.time.Interval;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.xml.stream.XMLStreamReader;

/// What the nodes and edges of a graph say, by the names of their data.
///
/// A node's `type` (or `labelV`, `labels`, `label`) is its type, `name` (or `label`, if that is not
/// the type), `description`, `lat` and `lon` are what they say, the others facts about it. An
/// edge's `labelE` (or `label`, `type`, `relation`) is the predicate; `from`, `until`,
/// `confidence`, `strength` and `statement` are those of the fact. What else an edge has is kept as
/// the quote it was read from.
final class GraphElements {

    private static final List<String> TYPE = List.of("labelV", "type", "labels");
    private static final List<String> NAME = List.of("name", "label", "title");
    private static final List<String> LATITUDE = List.of("lat", "latitude");
    private static final List<String> LONGITUDE = List.of("lon", "lng", "long", "longitude");
    private static final List<String> RELATION = List.of("labelE", "label", "type", "relation");
    private static final List<String> FROM = List.of("from", "validFrom", "start");
    private static final List<String> UNTIL = List.of("until", "validUntil", "end");
    private static final String UNNAMED_RELATION = "related";

    private final SourceId source;
    private final ItemParser items;

    GraphElements(SourceId source) {
        this.source = source;
        this.items = ItemParser.forWrites(() -> "");
    }

    /// What a datum is called, and of what kind it is.
    record Key(String id, String name, String type) {
        static Key unknown(String id) {
            return new Key(id, id, "string");
        }

        ObjectKind kind() {
            return switch (type) {
                case "boolean" -> ObjectKind.BOOLEAN;
                case "int", "long", "float", "double" -> ObjectKind.NUMBER;
                default -> ObjectKind.STRING;
            };
        }
    }

    Key key(XMLStreamReader xml) {
        var id = attribute(xml, "id").orElse("");
        return new Key(
                id,
                attribute(xml, "attr.name").orElse(id),
                attribute(xml, "attr.type").orElse("string"));
    }

    Parsed node(Map<String, String> attributes, Map<Key, String> data) {
        return ItemParser.parsing(() -> {
            var left = byName(data);
            var id = required(attributes, "id", "node.id");
            var entity = Shapes.made("node.id", () -> new EntityId(id));
            var description = new EntityDescription(entity, source, Optional.empty());
            var type = take(left, TYPE).map(GraphElements::word).orElse(EntityType.THING.value());
            description.type(Shapes.made("type", () -> new EntityType(type)));
            take(left, NAME).ifPresent(name -> description.name(text("name", name)));
            take(left, List.of("description", "desc"))
                    .ifPresent(words -> description.description(text("description", words)));
            place(left).ifPresent(description::place);
            left.forEach((name, datum) ->
                    description.say(
                            Shapes.made(name, () -> new PredicateName(word(name))),
                            datum.value(),
                            Interval.ALWAYS));
            return WriteItem.now(description.item());
        });
    }

    Parsed edge(Map<String, String> attributes, Map<Key, String> data) {
        try {
            var left = byName(data);
            var fact = JsonNodeFactory.instance.objectNode();
            fact.put("subject", required(attributes, "source", "edge.source"));
            fact.put("predicate", word(take(left, RELATION).orElse(UNNAMED_RELATION)));
            fact.putObject("object").put("entity", required(attributes, "target", "edge.target"));
            fact.put("source", source.value());
            take(left, FROM).ifPresent(from -> fact.withObjectProperty("valid").put("from", from));
            take(left, UNTIL).ifPresent(end -> fact.withObjectProperty("valid").put("until", end));
            take(left, List.of("statement")).ifPresent(words -> fact.put("statement", words));
            for (var share : List.of("confidence", "strength")) {
                take(left, List.of(share))
                        .ifPresent(cell ->
                                fact.put(
                                        share,
                                        Spelling.CELLS
                                                .number()
                                                .read(TextNode.valueOf(cell), share)));
            }
            if (!left.isEmpty()) {
                var quote = JsonNodeFactory.instance.objectNode();
                left.forEach((name, datum) -> quote.put(name, datum.text()));
                fact.putObject("evidence").put("quote", StrictJson.canonical(quote));
            }
            return items.parse(ItemKind.FACT, fact);
        } catch (InvalidField e) {
            return new Parsed.Refused(e.refusal());
        }
    }

    private record Datum(Key key, String text) {
        Value value() {
            var cell = TextNode.valueOf(text);
            return Spelling.CELLS.value(key.kind()).read(cell, key.name());
        }
    }

    private static Map<String, Datum> byName(Map<Key, String> data) {
        var byName = new TreeMap<String, Datum>();
        data.forEach((key, text) -> {
            if (!text.isBlank()) {
                byName.put(key.name(), new Datum(key, text.strip()));
            }
        });
        return byName;
    }

    private static Optional<String> take(Map<String, Datum> left, List<String> names) {
        return names.stream()
                .filter(left::containsKey)
                .findFirst()
                .map(left::remove)
                .map(Datum::text);
    }

    private static Optional<GeoPoint> place(Map<String, Datum> left) {
        var latitude = take(left, LATITUDE);
        var longitude = take(left, LONGITUDE);
        if (latitude.isEmpty() && longitude.isEmpty()) {
            return Optional.empty();
        }
        if (latitude.isEmpty() || longitude.isEmpty()) {
            throw new InvalidField(
                    latitude.isEmpty() ? LATITUDE.getFirst() : LONGITUDE.getFirst(),
                    "is missing: a place has both");
        }
        var cell = TextNode.valueOf(latitude.get() + "," + longitude.get());
        var value = Spelling.CELLS.value(ObjectKind.GEO).read(cell, "lat, lon");
        return value instanceof Value.Geo(var point) ? Optional.of(point) : Optional.empty();
    }

    private static String text(String field, String text) {
        StrictJson.requireStorable(text, field);
        return Shapes.made(field, () -> new Value.Text(text).text());
    }

    /// A name such as the ledger takes: what it does not take becomes `_`.
    private static String word(String name) {
        var word = name.strip().replaceFirst("^:+", "").replaceAll("[^A-Za-z0-9_]", "_");
        var begun = word.matches("[A-Za-z].*") ? word : "x" + word;
        return begun.substring(0, Math.min(begun.length(), 63));
    }

    private static String required(Map<String, String> attributes, String name, String field) {
        var value = attributes.get(name);
        if (value == null) {
            throw new InvalidField(field, "is required");
        }
        return value;
    }

    private static Optional<String> attribute(XMLStreamReader xml, String name) {
        return Optional.ofNullable(xml.getAttributeValue(null, name));
    }
}
