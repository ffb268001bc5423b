package dev.palimpsest.ingest.source;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.ingest.source.GeoJsonMapping.FactPick;
import dev.palimpsest.ingest.source.GeoJsonMapping.MomentPick;
import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.EntityType;
import dev.palimpsest.model.Evidence;
import dev.palimpsest.model.SourceId;
import dev.palimpsest.model.Value;
import dev.palimpsest.port.WriteItem;
import dev.palimpsest.space.GeoPoint;
import dev.palimpsest.time.Interval;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/// Makes of one GeoJSON feature what a source says of an entity.
final class FeatureParser {

    /// A text, number, true or false, as text.
    static final Shape<String> SCALAR =
            (node, path) -> {
                Shapes.require(node.isValueNode() && !node.isNull(), node, path, "a plain value");
                StrictJson.requireStorable(node.asText(), path);
                return node.asText();
            };

    private final GeoJsonMapping mapping;

    FeatureParser(GeoJsonMapping mapping) {
        this.mapping = mapping;
    }

    Parsed parse(JsonNode feature) {
        return ItemParser.parsing(() -> item(feature));
    }

    private WriteItem item(JsonNode feature) {
        Shapes.require(feature.isObject(), feature, "", "a GeoJSON Feature");
        JsonNode kind = feature.path("type");
        Shapes.require(kind.asText().equals("Feature"), kind, "type", "\"Feature\"");
        JsonNode properties = feature.path("properties");
        Shapes.require(properties.isObject(), properties, "properties", "an object");

        var entity = required(mapping.id(), feature, SCALAR.as(EntityId::new));
        var source = required(mapping.source(), feature, SCALAR.as(SourceId::new));
        var description = new EntityDescription(entity, source, evidence(feature));
        description.type(required(mapping.type(), feature, SCALAR.as(EntityType::new)));
        text(mapping.name(), feature).ifPresent(description::name);
        text(mapping.description(), feature).ifPresent(description::description);
        place(feature.path("geometry")).ifPresent(description::place);
        Optional<Interval> exists = exists(feature);
        exists.ifPresent(description::exists);
        Interval valid = exists.map(time -> Interval.since(time.from())).orElse(Interval.ALWAYS);
        for (FactPick fact : mapping.facts()) {
            find(fact.object(), feature, fact.shape())
                    .ifPresent(object -> description.say(fact.predicate().name(), object, valid));
        }
        return new WriteItem(description.item(), moment(mapping.recorded(), feature));
    }

    private static Optional<GeoPoint> place(JsonNode geometry) {
        if (geometry.isNull()) {
            return Optional.empty();
        }
        JsonNode kind = geometry.path("type");
        Shapes.require(kind.asText().equals("Point"), kind, "geometry.type", "\"Point\"");
        var path = "geometry.coordinates";
        JsonNode coordinates = geometry.path("coordinates");
        Shapes.require(
                coordinates.isArray() && (coordinates.size() == 2 || coordinates.size() == 3),
                coordinates,
                path,
                "[longitude, latitude] or [longitude, latitude, height]");
        double longitude = Shapes.DECIMAL.read(coordinates.path(0), path + "[0]");
        double latitude = Shapes.DECIMAL.read(coordinates.path(1), path + "[1]");
        return Optional.of(Shapes.made(path, () -> new GeoPoint(latitude, longitude)));
    }

    private Optional<Interval> exists(JsonNode feature) {
        Optional<Instant> from = moment(mapping.time(), feature);
        Optional<Instant> until = moment(mapping.until(), feature);
        if (from.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                until.map(end -> between(from.get(), end))
                        .orElseGet(() -> Interval.at(from.get())));
    }

    private Interval between(Instant from, Instant until) {
        var path = mapping.until().map(end -> end.pick().path()).orElse("");
        return Shapes.made(path, () -> Interval.between(from, until));
    }

    private Optional<Evidence> evidence(JsonNode feature) {
        return text(mapping.quote(), feature)
                .map(quote ->
                        new Evidence(Optional.empty(), Optional.of(quote), OptionalInt.empty()));
    }

    /// A text of the feature; one that is blank is none.
    private static Optional<String> text(Optional<Pick> pick, JsonNode feature) {
        return pick.flatMap(found ->
                        find(found, feature, SCALAR.as(text -> new Value.Text(text).text())))
                .filter(text -> !text.isBlank());
    }

    private static Optional<Instant> moment(Optional<MomentPick> moment, JsonNode feature) {
        return moment.flatMap(found -> find(found.pick(), feature, found.shape()));
    }

    private static <T> Optional<T> find(Pick pick, JsonNode feature, Shape<T> shape) {
        return pick.from(feature).map(node -> shape.read(node, pick.path()));
    }

    private static <T> T required(Pick pick, JsonNode feature, Shape<T> shape) {
        return find(pick, feature, shape)
                .orElseThrow(() -> new InvalidField(pick.path(), "is required by the mapping"));
    }
}
