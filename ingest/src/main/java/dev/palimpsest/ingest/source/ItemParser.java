package dev.palimpsest.ingest.source;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.port.WriteItem;
import dev.palimpsest.port.WriteItem.Action;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/// Makes items to be written of JSON, strictly: what is not known is refused, by field and rule.
/// Safe for use by many threads if the supplier of ids is.
///
/// Fields are named from the kind on, such as `fact.object.number`, whether the JSON came wrapped
/// or not.
public final class ItemParser {

    static final String RECORDED = "recorded";

    private final EntityParser entities;
    private final MemoryParser memories;
    private final boolean importing;

    private ItemParser(Supplier<String> ids, boolean importing) {
        this.entities = new EntityParser(ids);
        this.memories = new MemoryParser(ids);
        this.importing = importing;
    }

    /// A parser for everyday writes: it refuses `recorded`.
    ///
    /// @param ids names entities and memories that come without an id; see [TimeOrderedIds]
    public static ItemParser forWrites(Supplier<String> ids) {
        return new ItemParser(ids, false);
    }

    /// A parser for imports: it accepts `recorded`, when some other store recorded the item.
    public static ItemParser forImports(Supplier<String> ids) {
        return new ItemParser(ids, true);
    }

    /// What `{"entity": {...}}`, `{"fact": {...}}`, `{"memory": {...}}` or `{"predicate": {...}}`
    /// says.
    public Parsed parse(JsonNode wrapped) {
        return parsing(() -> {
            StrictObject.of(wrapped, "", ItemKind.WORDS);
            if (wrapped.size() != 1) {
                throw new InvalidField(
                        "", "must have exactly one of " + String.join(", ", ItemKind.WORDS));
            }
            String word = wrapped.fieldNames().next();
            return item(ItemKind.of(word), wrapped.path(word));
        });
    }

    /// What the inside of a wrapper of that kind says.
    public Parsed parse(ItemKind kind, JsonNode inner) {
        return parsing(() -> item(kind, inner));
    }

    static Parsed parsing(Supplier<WriteItem> reading) {
        try {
            return new Parsed.Item(reading.get());
        } catch (InvalidField e) {
            return new Parsed.Refused(e.refusal());
        }
    }

    private WriteItem item(ItemKind kind, JsonNode inner) {
        var object = StrictObject.of(inner, kind.word(), kind.fields());
        Action action =
                switch (kind) {
                    case ENTITY -> entities.read(object);
                    case FACT -> new Action.AssertFact(FactParser.statement(object));
                    case MEMORY -> new Action.KeepMemory(memories.read(object));
                    case PREDICATE -> new Action.RegisterPredicate(RegistryParser.named(object));
                };
        Optional<Instant> recorded = object.optional(RECORDED, Shapes.MOMENT);
        if (recorded.isPresent() && !importing) {
            throw new InvalidField(
                    Shapes.inside(kind.word(), RECORDED),
                    "is accepted only by imports; the store itself says when it records");
        }
        return new WriteItem(action, recorded);
    }
}
