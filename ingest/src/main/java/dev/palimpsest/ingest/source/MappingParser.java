package dev.palimpsest.ingest.source;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.ingest.source.GeoJsonMapping.FactPick;
import dev.palimpsest.ingest.source.GeoJsonMapping.MomentPick;
import dev.palimpsest.model.ObjectKind;
import dev.palimpsest.model.Predicate;
import dev.palimpsest.model.PredicateName;
import dev.palimpsest.model.Value;
import dev.palimpsest.time.Moments;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads a mapping of GeoJSON features.
final class MappingParser {

    private static final int MOST_FACTS = 200;
    private static final int MOST_SENTENCES = 20;
    private static final int MOST_WORDS = 10_000;

    private static final List<String> FIELDS =
            List.of(
                    "id",
                    "type",
                    "name",
                    "description",
                    "time",
                    "until",
                    "recorded",
                    "source",
                    "quote",
                    "facts");
    private static final List<String> PICK_FIELDS = List.of("from", "words", "text");
    private static final List<String> MOMENT_FIELDS = List.of("from", "unit");
    private static final List<String> FACT_FIELDS =
            List.of("predicate", "kind", "functional", "from", "words", "text");

    private static final Shape<Pick> PICK =
            (node, path) -> pick(StrictObject.of(node, path, PICK_FIELDS));

    /// What may stand in a feature for true and false: those words, 1 and 0.
    private static final Shape<Boolean> FLAG_OR_BIT =
            (node, path) -> {
                boolean bit = node.isInt() && (node.intValue() == 0 || node.intValue() == 1);
                Shapes.require(bit || node.isBoolean(), node, path, "true, false, 1 or 0");
                return bit ? node.intValue() == 1 : node.booleanValue();
            };

    private MappingParser() {}

    static GeoJsonMapping mapping(JsonNode node) {
        var mapping = StrictObject.of(node, "", FIELDS);
        var time = mapping.optional("time", MappingParser::moment);
        var until = mapping.optional("until", MappingParser::moment);
        if (until.isPresent() && time.isEmpty()) {
            throw new InvalidField("until", "goes only with time");
        }
        return new GeoJsonMapping(
                mapping.required("id", PICK),
                mapping.required("type", PICK),
                mapping.optional("name", PICK),
                mapping.optional("description", PICK),
                time,
                until,
                mapping.optional("recorded", MappingParser::moment),
                mapping.required("source", PICK),
                mapping.optional("quote", PICK),
                mapping.optional("facts", Shapes.listOf(MappingParser::fact, MOST_FACTS))
                        .orElse(List.of()));
    }

    private static Pick pick(StrictObject pick) {
        if (pick.has("from") == pick.has("text")) {
            throw new InvalidField(pick.path(), "must have either from or text");
        }
        if (pick.has("text")) {
            return new Pick.Text(pick.required("text", MappingParser::sentences));
        }
        return new Pick.Property(
                pick.required("from", Shapes.WORDS),
                pick.optional("words", MappingParser::words).orElse(Map.of()));
    }

    private static List<String> sentences(JsonNode node, String path) {
        return node.isTextual()
                ? List.of(Shapes.WORDS.read(node, path))
                : Shapes.listOf(Shapes.WORDS, MOST_SENTENCES).read(node, path);
    }

    private static Map<String, String> words(JsonNode node, String path) {
        var names = new ArrayList<String>();
        node.fieldNames().forEachRemaining(names::add);
        var object = StrictObject.of(node, path, names);
        if (names.isEmpty() || names.size() > MOST_WORDS) {
            throw new InvalidField(path, "has 1 to " + MOST_WORDS + " words");
        }
        var words = new LinkedHashMap<String, String>();
        names.forEach(name -> words.put(name, object.required(name, Shapes.WORDS)));
        return words;
    }

    private static MomentPick moment(JsonNode node, String path) {
        var moment = StrictObject.of(node, path, MOMENT_FIELDS);
        var pick = new Pick.Property(moment.required("from", Shapes.WORDS), Map.of());
        Optional<Integer> power = moment.optional("unit", Shapes.TEXT.as(MappingParser::power));
        Shape<Instant> shape =
                power.<Shape<Instant>>map(p -> Shapes.NUMBER.as(number -> since1970(number, p)))
                        .orElse(Shapes.MOMENT);
        return new MomentPick(pick, shape);
    }

    /// The power of ten that makes microseconds of a unit.
    private static int power(String unit) {
        return switch (unit) {
            case "seconds" -> 6;
            case "milliseconds" -> 3;
            case "microseconds" -> 0;
            default ->
                    throw new IllegalArgumentException(
                            "must be seconds, milliseconds or microseconds: " + unit);
        };
    }

    private static Instant since1970(BigDecimal number, int power) {
        var micros = new Value.Numeric(number).number().scaleByPowerOfTen(power);
        if (micros.abs().compareTo(BigDecimal.valueOf(Moments.toMicros(Moments.LAST))) > 0) {
            throw new IllegalArgumentException("must lie between the years -9999 and 9999");
        }
        return Moments.fromMicros(micros.setScale(0, RoundingMode.FLOOR).longValueExact());
    }

    private static FactPick fact(JsonNode node, String path) {
        var fact = StrictObject.of(node, path, FACT_FIELDS);
        PredicateName name = fact.required("predicate", DomainShapes.PREDICATE);
        ObjectKind kind = fact.required("kind", DomainShapes.KIND);
        boolean functional = fact.optional("functional", Shapes.FLAG).orElse(false);
        var predicate =
                new Predicate(name, functional, false, false, Optional.empty(), Optional.of(kind));
        return new FactPick(predicate, shape(kind), pick(fact));
    }

    private static Shape<Value> shape(ObjectKind kind) {
        return switch (kind) {
            case BOOLEAN -> FLAG_OR_BIT.as(Value.Flag::new);
            case STRING -> FeatureParser.SCALAR.as(Value.Text::new);
            case ENTITY, NUMBER, INSTANT, GEO, JSON -> DomainShapes.valueOf(kind);
        };
    }
}
