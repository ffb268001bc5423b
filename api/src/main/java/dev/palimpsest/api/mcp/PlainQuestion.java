package dev.palimpsest.api.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.ingest.source.InvalidField;
import dev.palimpsest.time.Allen;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Makes of plain arguments the question as `POST /retrieve` has it, and of what is wrong with that
/// question what is wrong with the arguments.
final class PlainQuestion {

    /// Each argument, and where it stands in the question.
    private static final Map<String, String> PLACES =
            Map.ofEntries(
                    Map.entry("text", "what.text"),
                    Map.entry("types", "what.types"),
                    Map.entry("within", "where.within"),
                    Map.entry("around", "where.around"),
                    Map.entry("connectedTo", "where.hops"),
                    Map.entry("at", "when.at"),
                    Map.entry("near", "when.near"),
                    Map.entry("knownAt", "when.knownAt"),
                    Map.entry("asked", "when.asked"),
                    Map.entry("causesOf", "why.causesOf"),
                    Map.entry("effectsOf", "why.effectsOf"),
                    Map.entry("between", "why.between"),
                    Map.entry("hops", "why.hops"),
                    Map.entry("paths", "why.paths"),
                    Map.entry("sources", "who.sources"),
                    Map.entry("kinds", "kinds"),
                    Map.entry("limit", "limit"),
                    Map.entry("tokens", "tokens"),
                    Map.entry("facts", "facts"));

    private static final String FROM = "from";
    private static final String UNTIL = "until";

    /// What has a moment in common with the interval asked for.
    private static final List<Allen> IN_COMMON =
            List.of(
                    Allen.OVERLAPS,
                    Allen.OVERLAPPED_BY,
                    Allen.STARTS,
                    Allen.STARTED_BY,
                    Allen.DURING,
                    Allen.CONTAINS,
                    Allen.FINISHES,
                    Allen.FINISHED_BY,
                    Allen.EQUALS);

    private PlainQuestion() {}

    /// @param taken the arguments that the tool takes, beside the space
    static ObjectNode of(JsonNode arguments, List<String> taken) {
        var known = new TreeSet<>(taken);
        known.add(Tool.SPACE);
        var question = JsonNodeFactory.instance.objectNode();
        for (var argument : (Iterable<Map.Entry<String, JsonNode>>) arguments.properties()) {
            var name = argument.getKey();
            if (!known.contains(name)) {
                throw new InvalidField(
                        name, "is not known here; known are " + String.join(", ", known));
            }
            if (PLACES.containsKey(name) && !argument.getValue().isNull()) {
                put(question, PLACES.get(name), argument.getValue());
            }
        }
        interval(arguments, question);
        return question;
    }

    private static void put(ObjectNode question, String place, JsonNode value) {
        int dot = place.indexOf('.');
        if (dot < 0) {
            question.set(place, value);
        } else {
            question.withObject("/" + place.substring(0, dot)).set(place.substring(dot + 1), value);
        }
    }

    private static void interval(JsonNode arguments, ObjectNode question) {
        boolean from = arguments.hasNonNull(FROM);
        boolean until = arguments.hasNonNull(UNTIL);
        if (until && !from) {
            throw new InvalidField(FROM, "is required with until");
        }
        if (from) {
            var allen = question.withObject("/when").putObject("allen");
            var relations = allen.putArray("relation");
            IN_COMMON.forEach(one -> relations.add(one.word()));
            allen.set(FROM, arguments.get(FROM));
            if (until) {
                allen.set(UNTIL, arguments.get(UNTIL));
            }
        }
    }

    /// The same fault, told of the argument.
    static InvalidField toldOfArgument(InvalidField fault) {
        if (fault.field().equals("when.allen")) {
            return new InvalidField(UNTIL, fault.rule());
        }
        var field =
                fault.field().startsWith("when.allen.")
                        ? fault.field().substring("when.allen.".length())
                        : PLACES.entrySet().stream()
                                .filter(place -> isWithin(fault.field(), place.getValue()))
                                .map(place ->
                                        place.getKey()
                                                + fault.field()
                                                        .substring(place.getValue().length()))
                                .findFirst()
                                .orElse(fault.field());
        return new InvalidField(field, fault.rule());
    }

    private static boolean isWithin(String field, String place) {
        return field.equals(place)
                || Stream.of(".", "[").anyMatch(next -> field.startsWith(place + next));
    }

    /// Those of [#PLACES] and the interval that narrow what may be found.
    static Set<String> narrowing() {
        return Set.of(
                "types",
                "within",
                "around",
                "connectedTo",
                "at",
                FROM,
                UNTIL,
                "near",
                "knownAt",
                "sources");
    }
}
