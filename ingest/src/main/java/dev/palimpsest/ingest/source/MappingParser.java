package dev.palimpsest.ingest.source;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.ingest.source.GeoJsonMapping.FactPick;
import dev.palimpsest.ingest.source.GeoJsonMapping.MomentPick;
import dev.palimpsest.model.ObjectKind;
import dev.palimpsest.model.Predicate;
import dev.palimpsest.model.PredicateName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads a mapping: of GeoJSON features, or of the rows of a table. Both speak the same language;
/// they differ in how plain values are spelled where the mapping finds them.
final class MappingParser {

    private static final int MOST_FACTS = 200;
    private static final int MOST_SENTENCES = 20;
    private static final int MOST_WORDS = 10_000;

    static final List<String> FIELDS =
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

    static final Shape<Pick> PICK = (node, path) -> pick(StrictObject.of(node, path, PICK_FIELDS));

    private final Spelling spelling;

    MappingParser(Spelling spelling) {
        this.spelling = spelling;
    }

    /// What a feature, or a row, says of an entity.
    ///
    /// @param path where `node` stands
    GeoJsonMapping entity(JsonNode node, String path, List<String> known) {
        var mapping = StrictObject.of(node, path, known);
        var time = mapping.optional("time", this::start);
        var until = mapping.optional("until", this::end);
        if (until.isPresent() && time.isEmpty()) {
            throw new InvalidField(Shapes.inside(path, "until"), "goes only with time");
        }
        return new GeoJsonMapping(
                mapping.required("id", PICK),
                mapping.required("type", PICK),
                mapping.optional("name", PICK),
                mapping.optional("description", PICK),
                time,
                until,
                mapping.optional("recorded", this::start),
                mapping.required("source", PICK),
                mapping.optional("quote", PICK),
                mapping.optional("facts", Shapes.listOf(this::fact, MOST_FACTS)).orElse(List.of()));
    }

    static Pick pick(StrictObject pick) {
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

    /// A moment at which something starts.
    MomentPick start(JsonNode node, String path) {
        return moment(node, path, false);
    }

    /// A moment at which something ends: a day or year is in it to its last moment.
    MomentPick end(JsonNode node, String path) {
        return moment(node, path, true);
    }

    private MomentPick moment(JsonNode node, String path, boolean isEnd) {
        var moment = StrictObject.of(node, path, MOMENT_FIELDS);
        var pick = new Pick.Property(moment.required("from", Shapes.WORDS), Map.of());
        return new MomentPick(
                pick,
                moment.optional("unit", Shapes.TEXT.as(unit -> spelling.moment(unit, isEnd)))
                        .orElse(Shapes.MOMENT));
    }

    private FactPick fact(JsonNode node, String path) {
        var fact = StrictObject.of(node, path, FACT_FIELDS);
        PredicateName name = fact.required("predicate", DomainShapes.PREDICATE);
        ObjectKind kind = fact.required("kind", DomainShapes.KIND);
        boolean functional = fact.optional("functional", Shapes.FLAG).orElse(false);
        var predicate =
                new Predicate(name, functional, false, false, Optional.empty(), Optional.of(kind));
        return new FactPick(predicate, spelling.value(kind), pick(fact));
    }
}
