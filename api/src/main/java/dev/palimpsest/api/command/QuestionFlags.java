package dev.palimpsest.api.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.api.Failure;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// A question as flags, dimension by dimension. It is checked by whoever answers it; here only what
/// could not be written as JSON is refused.
final class QuestionFlags {

    private static final String NO_END = "..";

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "TEXT",
            description = "What it is about, in words.")
    @Nullable String text;

    @ArgGroup(validate = false, heading = "%nWhat:%n")
    What what = new What();

    @ArgGroup(validate = false, heading = "%nWhere:%n")
    Where where = new Where();

    @ArgGroup(validate = false, heading = "%nWhen (UTC unless a zone is given):%n")
    When when = new When();

    @ArgGroup(validate = false, heading = "%nWhy:%n")
    Why why = new Why();

    @ArgGroup(validate = false, heading = "%nWho:%n")
    Who who = new Who();

    @Option(names = "--limit", paramLabel = "N", description = "The most hits of ask; usually 10.")
    @Nullable Integer limit;

    static final class What {
        @Option(
                names = "--types",
                split = ",",
                paramLabel = "TYPE",
                description = "Only these types of entity, such as Earthquake.")
        List<String> types = List.of();

        @Option(
                names = "--about",
                paramLabel = "PREDICATE=NUMBER/HALF",
                description = {
                    "The nearer a quantity the better: half as good at every HALF, such as",
                    "magnitude=6/0.5. This and the next two may be given several times."
                })
        List<String> about = List.of();

        @Option(
                names = "--at-least",
                paramLabel = "PREDICATE=NUMBER",
                description = "Only what has so much of a quantity, such as magnitude=6.")
        List<String> atLeast = List.of();

        @Option(
                names = "--at-most",
                paramLabel = "PREDICATE=NUMBER",
                description = "Only what has no more of it, such as depthKm=70.")
        List<String> atMost = List.of();

        @Option(
                names = "--kinds",
                split = ",",
                paramLabel = "KIND",
                description = "Only these kinds of hit: entity, fact, memory.")
        List<String> kinds = List.of();
    }

    static final class Where {
        @Option(
                names = "--within",
                paramLabel = "LAT,LON,KM|GEOJSON",
                description = {
                    "Not further away than that, such as 24.1,121.7,80km; or in a polygon: a file"
                            + " such as island.geojson, or its text."
                })
        @Nullable String within;

        @Option(
                names = "--box",
                paramLabel = "S,W,N,E",
                description = "Between these parallels and meridians.")
        @Nullable String box;

        @Option(
                names = "--around",
                paramLabel = "LAT,LON,KM",
                description = "The nearer the better: half as good at every so many kilometres.")
        @Nullable String around;

        @Option(
                names = "--from",
                paramLabel = "ID",
                description = "Not more than --hops facts away from this entity.")
        @Nullable String from;
    }

    static final class When {
        @Option(
                names = "--at",
                paramLabel = "TIME",
                description = "True at this moment, such as 2018-02-06T15:50Z.")
        @Nullable String at;

        @Option(
                names = "--during",
                paramLabel = "FROM/UNTIL",
                description = {
                    "Wholly within this stretch of time: what only overlaps it is left out, and is",
                    "asked for with --allen. Its end does not belong to it, and `..` is none."
                })
        @Nullable String during;

        @Option(
                names = "--allen",
                paramLabel = "RELATION[,RELATION]:FROM/UNTIL",
                description = {
                    "Stands so to this stretch of time: before, after, meets, metBy, overlaps,",
                    "overlappedBy, starts, startedBy, during, contains, finishes, finishedBy or",
                    "equals. `..` as UNTIL is no end. What has a moment in common with it:",
                    "overlaps,overlappedBy,starts,startedBy,during,contains,finishes,finishedBy,equals"
                })
        @Nullable String allen;

        @Option(
                names = "--near",
                paramLabel = "TIME[/HALF]",
                description = "The nearer the better: half as good at every HALF, usually 1d.")
        @Nullable String near;

        @Option(
                names = "--possibly",
                description =
                        "With --at, --during or --allen: also what may hold, for all that is known.")
        boolean possibly;

        @Option(
                names = "--asked",
                paramLabel = "TIME",
                description = "What `last spring` in the words is counted from; usually now.")
        @Nullable String asked;

        @Option(
                names = "--known-at",
                paramLabel = "TIME",
                description = "Answer with what was known at that moment.")
        @Nullable String knownAt;
    }

    static final class Why {
        @Option(names = "--causes-of", paramLabel = "ID", description = "What led to this entity.")
        @Nullable String causesOf;

        @Option(names = "--effects-of", paramLabel = "ID", description = "What this entity led to.")
        @Nullable String effectsOf;

        @Option(
                names = "--between",
                paramLabel = "CAUSE,EFFECT",
                description = "What lies on a chain of causes from one entity to the other.")
        @Nullable String between;

        @Option(
                names = "--hops",
                paramLabel = "N",
                description =
                        "How far to walk, for --causes-of, --effects-of, --between and --from.")
        @Nullable Integer hops;

        @Option(
                names = "--paths",
                paramLabel = "N",
                description = "How many chains of causes each hit comes with; usually 1.")
        @Nullable Integer paths;
    }

    static final class Who {
        @Option(
                names = "--sources",
                split = ",",
                paramLabel = "SOURCE",
                description = "Only what one of these says.")
        List<String> sources = List.of();
    }

    /// The question as JSON.
    ObjectNode toJson() {
        var question = JsonNodeFactory.instance.objectNode();
        put(question, "what", whatJson());
        put(question, "where", whereJson());
        put(question, "when", whenJson());
        put(question, "why", whyJson());
        if (!who.sources.isEmpty()) {
            addAll(question.putObject("who"), "sources", who.sources);
        }
        addAll(question, "kinds", what.kinds);
        if (limit != null) {
            question.put("limit", limit);
        }
        return question;
    }

    private ObjectNode whatJson() {
        var json = JsonNodeFactory.instance.objectNode();
        if (text != null) {
            json.put("text", text);
        }
        addAll(json, "types", what.types);
        var quantities = new FlagQuantity();
        quantities.add("--about", what.about, "near", "half");
        quantities.add("--at-least", what.atLeast, "atLeast");
        quantities.add("--at-most", what.atMost, "atMost");
        if (!quantities.json().isEmpty()) {
            json.set("quantities", quantities.json());
        }
        return json;
    }

    private ObjectNode whereJson() {
        if (where.within != null && where.box != null) {
            throw Failure.usage("give --within or --box, not both");
        }
        var json = JsonNodeFactory.instance.objectNode();
        if (where.within != null && FlagArea.isMeant(where.within)) {
            json.set("within", FlagArea.json("--within", where.within));
        } else {
            numbers("--within", where.within, "lat", "lon", "km")
                    .ifPresent(at -> json.set("within", at));
        }
        numbers("--box", where.box, "south", "west", "north", "east")
                .ifPresent(box -> json.set("within", box));
        numbers("--around", where.around, "lat", "lon", "halfKm")
                .ifPresent(at -> json.set("around", at));
        if (where.from != null) {
            json.putObject("hops")
                    .put("from", where.from)
                    .put("hops", why.hops == null ? 1 : why.hops);
        }
        return json;
    }

    private ObjectNode whenJson() {
        var json = JsonNodeFactory.instance.objectNode();
        if (when.at != null) {
            json.put("at", FlagTime.moment("--at", when.at).toString());
        }
        if (when.during != null) {
            putStretch(json.putObject("during"), "--during", when.during);
        }
        if (when.allen != null) {
            var parts = when.allen.split(":", 2);
            if (parts.length != 2) {
                throw Failure.usage("--allen must be RELATION:FROM/UNTIL: " + when.allen);
            }
            var allen = json.putObject("allen");
            addAll(allen, "relation", List.of(parts[0].split(",", -1)));
            putStretch(allen, "--allen", parts[1]);
        }
        if (when.near != null) {
            var near = when.near.contains("/") ? when.near : when.near + "/1d";
            var parts = pair("--near", near, "TIME/HALF");
            json.putObject("near")
                    .put("at", FlagTime.moment("--near", parts.getFirst()).toString())
                    .put("half", FlagTime.duration("--near", parts.getLast()).toString());
        }
        if (when.possibly) {
            json.put("possibly", true);
        }
        if (when.asked != null) {
            json.put("asked", FlagTime.moment("--asked", when.asked).toString());
        }
        if (when.knownAt != null) {
            json.put("knownAt", FlagTime.moment("--known-at", when.knownAt).toString());
        }
        return json;
    }

    private ObjectNode whyJson() {
        var json = JsonNodeFactory.instance.objectNode();
        if (why.causesOf != null) {
            json.put("causesOf", why.causesOf);
        }
        if (why.effectsOf != null) {
            json.put("effectsOf", why.effectsOf);
        }
        if (why.between != null) {
            var ends = List.of(why.between.split(",", -1));
            if (ends.size() != 2 || ends.stream().anyMatch(String::isBlank)) {
                throw Failure.usage("--between must be CAUSE,EFFECT: " + why.between);
            }
            json.putObject("between")
                    .put("cause", ends.getFirst().strip())
                    .put("effect", ends.getLast().strip());
        }
        if (why.paths != null && json.isEmpty()) {
            throw Failure.usage("--paths goes with --causes-of, --effects-of or --between");
        }
        if (why.paths != null) {
            json.put("paths", why.paths);
        }
        if (why.hops != null && !json.isEmpty()) {
            json.put("hops", why.hops);
        } else if (why.hops != null && where.from == null) {
            throw Failure.usage("--hops goes with --causes-of, --effects-of, --between or --from");
        }
        return json;
    }

    private static void putStretch(ObjectNode json, String flag, String text) {
        var ends = pair(flag, text, "FROM/UNTIL");
        json.put("from", FlagTime.moment(flag, ends.getFirst()).toString());
        if (!ends.getLast().equals(NO_END)) {
            json.put("until", FlagTime.moment(flag, ends.getLast()).toString());
        }
    }

    private static void put(ObjectNode question, String name, ObjectNode part) {
        if (!part.isEmpty()) {
            question.set(name, part);
        }
    }

    private static void addAll(ObjectNode json, String name, List<String> words) {
        if (!words.isEmpty()) {
            var array = json.putArray(name);
            words.forEach(array::add);
        }
    }

    private static Optional<ObjectNode> numbers(
            String flag, @Nullable String text, String... names) {
        if (text == null) {
            return Optional.empty();
        }
        var parts = text.strip().replaceFirst("\\s*km$", "").split(",", -1);
        if (parts.length != names.length) {
            throw Failure.usage(
                    flag + " must be " + String.join(",", Arrays.asList(names)) + ": " + text);
        }
        var json = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < names.length; i++) {
            try {
                json.put(names[i], finite(parts[i].strip()));
            } catch (NumberFormatException e) {
                throw Failure.usage(flag + ": " + names[i] + " must be a number: " + parts[i], e);
            }
        }
        return Optional.of(json);
    }

    private static double finite(String text) {
        double number = Double.parseDouble(text);
        if (!Double.isFinite(number)) {
            throw new NumberFormatException(text);
        }
        return number;
    }

    private static List<String> pair(String flag, String text, String form) {
        var parts = List.of(text.split("/", -1));
        if (parts.size() != 2 || parts.stream().anyMatch(String::isBlank)) {
            throw Failure.usage(flag + " must be " + form + ": " + text);
        }
        return parts;
    }
}
