package dev.palimpsest.api.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.ingest.source.InvalidField;
import dev.palimpsest.ingest.source.StrictObject;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Makes of a fact as agents give it the fact as the API has it: `object` names an entity, `value`
/// is anything else; `from` and `until` say when it holds.
final class PlainFact {

    static final List<String> FIELDS =
            List.of(
                    "subject",
                    "predicate",
                    "object",
                    "value",
                    "from",
                    "until",
                    "confidence",
                    "strength",
                    "statement",
                    "quote",
                    "source");

    private static final List<String> OF_CAUSE =
            List.of(
                    "cause",
                    "effect",
                    "strength",
                    "confidence",
                    "delay",
                    "from",
                    "until",
                    "statement",
                    "quote",
                    "source");

    private static final List<String> AS_THEY_ARE =
            List.of("subject", "predicate", "confidence", "strength", "statement", "source");

    private PlainFact() {}

    /// @param at where it stands among the arguments
    /// @param memory the memory it was read in
    /// @param mentioned the entities it is about are added to it
    static ObjectNode of(
            JsonNode given,
            String at,
            String source,
            Optional<String> memory,
            Set<String> mentioned) {
        var plain = StrictObject.of(given, at, FIELDS);
        if (plain.has("object") == plain.has("value")) {
            throw new InvalidField(
                    Writing.at(at, "object"),
                    "is the id of an entity; or give value for anything else");
        }
        var fact = JsonNodeFactory.instance.objectNode();
        AS_THEY_ARE.forEach(name -> copy(given, name, fact, name));
        if (plain.has("object")) {
            fact.putObject("object").set("entity", given.get("object"));
            mentioned.add(given.get("object").asText());
        } else {
            fact.set("object", value(given.get("value"), Writing.at(at, "value")));
        }
        if (plain.has("subject")) {
            mentioned.add(given.get("subject").asText());
        }
        return finish(fact, given, at, source, memory);
    }

    static ObjectNode ofCause(
            JsonNode given,
            String at,
            String predicate,
            String source,
            Optional<String> memory,
            Set<String> mentioned) {
        var plain = StrictObject.of(given, at, OF_CAUSE);
        for (var end : List.of("cause", "effect")) {
            if (!plain.has(end)) {
                throw new InvalidField(Writing.at(at, end), "is required: the id of an entity");
            }
            mentioned.add(given.get(end).asText());
        }
        var fact = JsonNodeFactory.instance.objectNode();
        AS_THEY_ARE.forEach(name -> copy(given, name, fact, name));
        copy(given, "cause", fact, "subject");
        fact.put("predicate", predicate);
        fact.putObject("object").set("entity", given.get("effect"));
        if (plain.has("delay")) {
            fact.putObject("delay").set("mean", given.get("delay"));
        }
        return finish(fact, given, at, source, memory);
    }

    private static ObjectNode finish(
            ObjectNode fact, JsonNode given, String at, String source, Optional<String> memory) {
        if (!fact.has("source")) {
            fact.put("source", source);
        }
        if (given.hasNonNull("until") && !given.hasNonNull("from")) {
            throw new InvalidField(
                    Writing.at(at, "from"), "is required with until: since when does it hold?");
        }
        if (given.hasNonNull("from")) {
            var valid = fact.putObject("valid");
            copy(given, "from", valid, "from");
            copy(given, "until", valid, "until");
        }
        if (memory.isPresent() || given.hasNonNull("quote")) {
            var evidence = fact.putObject("evidence");
            memory.ifPresent(id -> evidence.put("memory", id));
            copy(given, "quote", evidence, "quote");
        }
        return fact;
    }

    private static void copy(JsonNode from, String name, ObjectNode to, String as) {
        if (from.hasNonNull(name)) {
            to.set(as, from.get(name));
        }
    }

    /// A value by its JSON type.
    static ObjectNode value(JsonNode value, String at) {
        var kind =
                switch (value.getNodeType()) {
                    case STRING -> "string";
                    case NUMBER -> "number";
                    case BOOLEAN -> "boolean";
                    case OBJECT, ARRAY -> "json";
                    default ->
                            throw new InvalidField(
                                    at, "must be a string, number, boolean, object or array");
                };
        return JsonNodeFactory.instance.objectNode().set(kind, value);
    }
}
