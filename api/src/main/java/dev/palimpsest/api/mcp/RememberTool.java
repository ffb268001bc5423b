package dev.palimpsest.api.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.api.mcp.Writing.Part;
import dev.palimpsest.ingest.record.WriteDoor;
import dev.palimpsest.ingest.source.InvalidField;
import dev.palimpsest.ingest.source.ItemKind;
import dev.palimpsest.ingest.source.ItemParser;
import dev.palimpsest.ingest.source.Parsed;
import dev.palimpsest.ingest.source.Shape;
import dev.palimpsest.ingest.source.Shapes;
import dev.palimpsest.ingest.source.StrictObject;
import dev.palimpsest.model.Space;
import dev.palimpsest.port.Ledger;
import dev.palimpsest.port.WriteRequest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Keeps a text with what the agent understood of it: entities, facts with their times, and causes;
/// all of it or nothing.
final class RememberTool implements Tool {

    /// The predicate of `causes`, registered by its first use.
    private static final String CAUSED = "caused";

    private static final String TEXT = "text";
    private static final String ID = "id";
    private static final String ENTITIES = "entities";
    private static final String FACTS = "facts";
    private static final String CAUSES = "causes";
    private static final String CREATE = "createSpace";
    private static final String MENTIONS = "mentions";
    private static final Shape<List<JsonNode>> EACH =
            Shapes.listOf((node, _) -> node, WriteRequest.MOST_ITEMS);
    private static final List<String> OF_MEMORY =
            List.of(ID, TEXT, "occurred", "session", "speaker", "place");

    private final Ledger ledger;
    private final WriteDoor door;
    private final Writing writing;
    private final ItemParser parser;
    private final Supplier<String> ids;

    /// @param ids names what comes without a name
    RememberTool(Ledger ledger, WriteDoor door, ItemParser parser, Supplier<String> ids) {
        this.ledger = ledger;
        this.door = door;
        this.writing = new Writing(door);
        this.parser = parser;
        this.ids = ids;
    }

    @Override
    public String name() {
        return "remember";
    }

    @Override
    public Writing.Receipt call(Call call) {
        var arguments =
                call.arguments(
                        ID,
                        TEXT,
                        "occurred",
                        "session",
                        "speaker",
                        "place",
                        SOURCE,
                        MENTIONS,
                        ENTITIES,
                        FACTS,
                        CAUSES,
                        CREATE);
        var parts = parts(call, arguments);
        ensureSpace(call, arguments);
        return writing.write(call.space(), parts);
    }

    private List<Part> parts(Call call, StrictObject arguments) {
        var source = call.source(arguments).value();
        var memory =
                arguments.has(TEXT) ? Optional.of(memoryId(arguments)) : Optional.<String>empty();
        Set<String> mentioned = new LinkedHashSet<>();
        List<Part> parts = new ArrayList<>();
        arguments
                .optional(MENTIONS, EACH)
                .orElse(List.of())
                .forEach(one -> mentioned.add(Shapes.TEXT.read(one, MENTIONS)));
        var entities = arguments.optional(ENTITIES, EACH).orElse(List.of());
        for (int i = 0; i < entities.size(); i++) {
            parts.add(entity(entities.get(i), ENTITIES + "[" + i + "]", source, mentioned));
        }
        var facts = arguments.optional(FACTS, EACH).orElse(List.of());
        for (int i = 0; i < facts.size(); i++) {
            var at = FACTS + "[" + i + "]";
            parts.add(
                    part(
                            at,
                            ItemKind.FACT,
                            PlainFact.of(facts.get(i), at, source, memory, mentioned)));
        }
        parts.addAll(causes(arguments, source, memory, mentioned));
        memory.ifPresent(
                id -> parts.add(part("", ItemKind.MEMORY, memory(call, id, source, mentioned))));
        requireSomething(arguments, parts);
        return parts;
    }

    private static void requireSomething(StrictObject arguments, List<Part> parts) {
        if (parts.isEmpty()) {
            throw new InvalidField(
                    "", "a text, entities, facts or causes are needed, at least one");
        }
        if (!arguments.has(TEXT) && OF_MEMORY.stream().anyMatch(arguments::has)) {
            throw new InvalidField(
                    TEXT, "is needed where " + String.join(", ", OF_MEMORY) + " are given");
        }
        if (parts.size() > WriteRequest.MOST_ITEMS) {
            throw new InvalidField("", "a call has at most " + WriteRequest.MOST_ITEMS + " things");
        }
    }

    private String memoryId(StrictObject arguments) {
        return arguments.optional(ID, Shapes.TEXT).orElseGet(ids);
    }

    private Part entity(JsonNode given, String at, String source, Set<String> mentioned) {
        if (!given.isObject()) {
            throw new InvalidField(at, "must be an object");
        }
        ObjectNode entity = given.deepCopy();
        if (!entity.hasNonNull(ID)) {
            throw new InvalidField(
                    at + ".id", "is required: a short name to go on with, such as ann-lee");
        }
        mentioned.add(entity.path(ID).asText());
        if (!entity.hasNonNull(SOURCE)) {
            entity.put(SOURCE, source);
        }
        return part(at, ItemKind.ENTITY, entity);
    }

    private List<Part> causes(
            StrictObject arguments, String source, Optional<String> memory, Set<String> mentioned) {
        var causes = arguments.optional(CAUSES, EACH).orElse(List.of());
        List<Part> parts = new ArrayList<>();
        if (!causes.isEmpty()) {
            var predicate =
                    JsonNodeFactory.instance.objectNode().put(ID, CAUSED).put("causal", true);
            parts.add(part(CAUSES, ItemKind.PREDICATE, predicate));
        }
        for (int i = 0; i < causes.size(); i++) {
            var at = CAUSES + "[" + i + "]";
            parts.add(
                    part(
                            at,
                            ItemKind.FACT,
                            PlainFact.ofCause(
                                    causes.get(i), at, CAUSED, source, memory, mentioned)));
        }
        return parts;
    }

    private static ObjectNode memory(Call call, String id, String source, Set<String> mentioned) {
        var memory = JsonNodeFactory.instance.objectNode();
        OF_MEMORY.forEach(name -> {
            if (call.arguments().hasNonNull(name)) {
                memory.set(name, call.arguments().get(name));
            }
        });
        memory.put(ID, id).put(SOURCE, source).put("agent", call.client());
        mentioned.forEach(memory.withArray("/" + MENTIONS)::add);
        return memory;
    }

    private Part part(String at, ItemKind kind, JsonNode node) {
        return switch (parser.parse(kind, node)) {
            case Parsed.Item(var item) -> new Part(at, item);
            case Parsed.Refused(var refusal) ->
                    throw new InvalidField(Writing.at(at, refusal.field()), refusal.rule());
        };
    }

    /// The usual space is made by its first use, another only where that is wanted.
    private void ensureSpace(Call call, StrictObject arguments) {
        boolean wanted = arguments.optional(CREATE, Shapes.FLAG).orElse(false);
        if (ledger.space(call.space()).isEmpty() && (wanted || call.space().equals(USUAL_SPACE))) {
            door.makeSpace(new Space(call.space(), false));
        }
        Snapshot.requireSpace(ledger, call.space());
    }
}
