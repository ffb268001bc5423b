package dev.palimpsest.ingest.source;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.Evidence;
import dev.palimpsest.model.MemoryId;
import dev.palimpsest.model.ObjectKind;
import dev.palimpsest.model.PredicateName;
import dev.palimpsest.model.Qualifiers.Delay;
import dev.palimpsest.model.SourceId;
import dev.palimpsest.model.Value;
import dev.palimpsest.space.GeoPoint;
import dev.palimpsest.time.Interval;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// The shapes of the domain's values in JSON.
public final class DomainShapes {

    public static final Shape<EntityId> ENTITY = Shapes.TEXT.as(EntityId::new);
    public static final Shape<SourceId> SOURCE = Shapes.TEXT.as(SourceId::new);
    public static final Shape<MemoryId> MEMORY = Shapes.TEXT.as(MemoryId::new);
    public static final Shape<PredicateName> PREDICATE = Shapes.TEXT.as(PredicateName::new);

    /// One of `entity string number boolean instant geo json`.
    public static final Shape<ObjectKind> KIND = Shapes.TEXT.as(DomainShapes::kind);

    /// `{"lat": 24.1737, "lon": 121.653}`.
    public static final Shape<GeoPoint> POINT = DomainShapes::point;

    /// `{"from": moment, "until": moment}`; `until` absent or null is open, `"unknown"` unknown,
    /// and then `atLatest` may bound it.
    public static final Shape<Interval> INTERVAL = DomainShapes::interval;

    /// `{"number": 6.4}`: one field, named for the kind.
    public static final Shape<Value> VALUE = DomainShapes::value;

    /// `{"mean": "PT49H54M", "sd": null}`.
    public static final Shape<Delay> DELAY = DomainShapes::delay;

    /// `{"memory": "m-17", "quote": "M 6.4", "offset": 12}`.
    public static final Shape<Evidence> EVIDENCE = DomainShapes::evidence;

    private static final List<String> KINDS =
            Arrays.stream(ObjectKind.values()).map(ObjectKind::word).toList();
    private static final String UNKNOWN = "unknown";

    private DomainShapes() {}

    /// The shape of the literal or entity of a kind, as it stands under that kind's name.
    public static Shape<Value> valueOf(ObjectKind kind) {
        return switch (kind) {
            case ENTITY -> ENTITY.as(Value.Entity::new);
            case STRING -> Shapes.TEXT.as(Value.Text::new);
            case NUMBER -> Shapes.NUMBER.as(Value.Numeric::new);
            case BOOLEAN -> Shapes.FLAG.as(Value.Flag::new);
            case INSTANT -> Shapes.MOMENT.as(Value.Moment::new);
            case GEO -> POINT.as(Value.Geo::new);
            case JSON -> DomainShapes::json;
        };
    }

    private static ObjectKind kind(String word) {
        return Arrays.stream(ObjectKind.values())
                .filter(kind -> kind.word().equals(word))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("must be one of " + String.join(", ", KINDS)));
    }

    private static GeoPoint point(JsonNode node, String path) {
        var point = StrictObject.of(node, path, List.of("lat", "lon"));
        double latitude =
                point.required("lat", Shapes.DECIMAL.as(lat -> new GeoPoint(lat, 0).latitude()));
        double longitude =
                point.required("lon", Shapes.DECIMAL.as(lon -> new GeoPoint(0, lon).longitude()));
        return new GeoPoint(latitude, longitude);
    }

    private static Interval interval(JsonNode node, String path) {
        var interval = StrictObject.of(node, path, List.of("from", "until", "atLatest"));
        Instant from = interval.required("from", Shapes.MOMENT);
        Optional<Instant> atLatest = interval.optional("atLatest", Shapes.MOMENT);
        boolean unknown = node.path("until").asText().equals(UNKNOWN);
        if (atLatest.isPresent() && !unknown) {
            throw new InvalidField(
                    Shapes.inside(path, "atLatest"), "goes only with \"until\": \"unknown\"");
        }
        Interval.End end =
                unknown
                        ? new Interval.End.Unknown(atLatest)
                        : interval.optional("until", Shapes.MOMENT)
                                .<Interval.End>map(Interval.End.At::new)
                                .orElseGet(Interval.End.Open::new);
        return Shapes.made(path, () -> new Interval(from, end));
    }

    private static Value value(JsonNode node, String path) {
        var object = StrictObject.of(node, path, KINDS);
        if (node.size() != 1) {
            throw new InvalidField(
                    path, "must have exactly one of the fields " + String.join(", ", KINDS));
        }
        String word = node.fieldNames().next();
        return object.required(word, valueOf(kind(word)));
    }

    private static Value json(JsonNode node, String path) {
        Shapes.require(node.isContainerNode(), node, path, "an object or an array");
        StrictJson.requireStorable(node, path);
        return Shapes.made(path, () -> new Value.Json(StrictJson.canonical(node)));
    }

    private static Delay delay(JsonNode node, String path) {
        var delay = StrictObject.of(node, path, List.of("mean", "sd"));
        var mean = delay.required("mean", Shapes.DURATION);
        var deviation = delay.optional("sd", Shapes.DURATION);
        return Shapes.made(path, () -> new Delay(mean, deviation));
    }

    private static Evidence evidence(JsonNode node, String path) {
        var evidence = StrictObject.of(node, path, List.of("memory", "quote", "offset"));
        var memory = evidence.optional("memory", MEMORY);
        var quote = evidence.optional("quote", Shapes.WORDS);
        var offset =
                evidence.optional("offset", Shapes.COUNT)
                        .map(OptionalInt::of)
                        .orElseGet(OptionalInt::empty);
        return Shapes.made(path, () -> new Evidence(memory, quote, offset));
    }
}
