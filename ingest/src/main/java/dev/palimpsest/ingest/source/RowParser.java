package dev.palimpsest.ingest.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.ingest.source.TableMapping.Field;
import dev.palimpsest.ingest.source.TableMapping.Place;
import dev.palimpsest.ingest.source.TableMapping.Rows;
import dev.palimpsest.port.WriteResult.Refusal;
import java.util.Optional;

/// Makes of one row of a table what its mapping says it is. A column takes the place of a property
/// of a feature, and errors name it.
final class RowParser {

    private static final String PROPERTIES = "properties.";
    private static final Shape<JsonNode> NUMBER =
            Spelling.CELLS.number().as(JsonNodeFactory.instance::numberNode);

    private final TableMapping mapping;
    private final ItemParser items;

    /// @param items names what comes without an id
    RowParser(TableMapping mapping, ItemParser items) {
        this.mapping = mapping;
        this.items = items;
    }

    /// @param cells by column; empty ones are absent
    Parsed parse(ObjectNode cells) {
        var parsed =
                switch (mapping.rows()) {
                    case Rows.OfEntities(var entity, var place) -> entity(entity, place, cells);
                    case Rows.OfItems(var kind, var fields) -> item(kind, fields, cells);
                };
        return parsed instanceof Parsed.Refused(var refusal)
                ? new Parsed.Refused(ofColumn(refusal))
                : parsed;
    }

    private static Parsed entity(GeoJsonMapping entity, Optional<Place> place, ObjectNode cells) {
        var feature = feature(cells);
        try {
            place.flatMap(of -> geometry(of, feature))
                    .ifPresent(point -> feature.set("geometry", point));
        } catch (InvalidField e) {
            return new Parsed.Refused(e.refusal());
        }
        return new FeatureParser(entity).parse(feature);
    }

    private Parsed item(ItemKind kind, Iterable<Field> fields, ObjectNode cells) {
        var feature = feature(cells);
        var item = JsonNodeFactory.instance.objectNode();
        try {
            for (var field : fields) {
                find(field.pick(), field.json(), feature)
                        .ifPresent(value -> put(item, field, value));
            }
        } catch (InvalidField e) {
            return new Parsed.Refused(e.refusal());
        }
        return items.parse(kind, item);
    }

    private static void put(ObjectNode item, Field field, JsonNode value) {
        var path = field.path();
        var first = path.getFirst();
        if (path.size() == 1) {
            item.set(first, value);
        } else if (path.getLast().equals("0")) {
            item.withArray(first).add(value);
        } else {
            item.withObjectProperty(first).set(path.getLast(), value);
        }
    }

    private static Optional<JsonNode> geometry(Place place, ObjectNode feature) {
        var latitude = find(place.latitude(), NUMBER, feature);
        var longitude = find(place.longitude(), NUMBER, feature);
        if (latitude.isEmpty() && longitude.isEmpty()) {
            return Optional.empty();
        }
        var half = latitude.isEmpty() ? place.latitude() : place.longitude();
        if (latitude.isEmpty() || longitude.isEmpty()) {
            throw new InvalidField(half.path(), "is required where the other half of a place is");
        }
        var point = JsonNodeFactory.instance.objectNode().put("type", "Point");
        point.putArray("coordinates").add(longitude.get()).add(latitude.get());
        return Optional.of(point);
    }

    private static Optional<JsonNode> find(Pick pick, Shape<JsonNode> shape, JsonNode feature) {
        return pick.from(feature).map(node -> shape.read(node, pick.path()));
    }

    private static ObjectNode feature(ObjectNode cells) {
        var feature = JsonNodeFactory.instance.objectNode().put("type", "Feature");
        feature.set("properties", cells);
        feature.putNull("geometry");
        return feature;
    }

    private static Refusal ofColumn(Refusal refusal) {
        return refusal.field().startsWith(PROPERTIES)
                ? new Refusal(
                        refusal.reason(),
                        refusal.field().substring(PROPERTIES.length()),
                        refusal.rule())
                : refusal;
    }
}
