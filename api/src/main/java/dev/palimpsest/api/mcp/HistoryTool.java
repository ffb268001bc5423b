package dev.palimpsest.api.mcp;

import dev.palimpsest.ingest.source.DomainShapes;
import dev.palimpsest.ingest.source.InvalidField;
import dev.palimpsest.ingest.source.Shapes;
import dev.palimpsest.model.FactId;
import dev.palimpsest.port.Ledger;
import dev.palimpsest.port.Ledger.PageRequest;
import dev.palimpsest.port.StoreException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Tells everything that was ever believed of an entity, or of one fact, and from when to when.
final class HistoryTool implements Tool {

    private static final String ENTITY = "entity";
    private static final String FACT = "fact";
    private static final String PREDICATE = "predicate";
    private static final String AFTER = "after";

    private final Ledger ledger;

    HistoryTool(Ledger ledger) {
        this.ledger = ledger;
    }

    /// @param versions by when they were learned
    /// @param more hand it in as `after` for further ones; absent if there are none
    record Versions(List<Told.OfFact> versions, @Nullable String more) {}

    @Override
    public String name() {
        return "history";
    }

    @Override
    public Versions call(Call call) {
        var arguments = call.arguments(ENTITY, FACT, PREDICATE, AFTER, Snapshot.KNOWN_AT);
        var snapshot = Snapshot.of(ledger, call.space(), arguments);
        var entity = arguments.optional(ENTITY, DomainShapes.ENTITY);
        var fact = arguments.optional(FACT, Shapes.TEXT.as(FactId::parse));
        if (entity.isPresent() == fact.isPresent()) {
            throw new InvalidField(ENTITY, "or fact is needed, one of the two");
        }
        if (fact.isPresent()) {
            return ofFact(snapshot, fact.get());
        }
        var page =
                Shapes.made(
                        AFTER,
                        () ->
                                ledger.history(
                                        snapshot.space(),
                                        entity.orElseThrow(),
                                        arguments.optional(PREDICATE, DomainShapes.PREDICATE),
                                        snapshot.at(),
                                        new PageRequest(
                                                EntityTool.PAGE,
                                                arguments.optional(AFTER, Shapes.TEXT))));
        if (page.elements().isEmpty()) {
            var _ = snapshot.entity(entity.orElseThrow());
        }
        return new Versions(snapshot.told(page.elements()), page.next().orElse(null));
    }

    private Versions ofFact(Snapshot snapshot, FactId fact) {
        var versions = ledger.fact(snapshot.space(), fact, snapshot.at());
        if (versions.isEmpty()) {
            throw new StoreException.NotFound(
                    "there is no fact " + fact + " in space '" + snapshot.space() + "'");
        }
        return new Versions(snapshot.told(versions), null);
    }
}
