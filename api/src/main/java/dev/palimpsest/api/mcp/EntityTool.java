package dev.palimpsest.api.mcp;

import dev.palimpsest.ingest.source.DomainShapes;
import dev.palimpsest.ingest.source.Shapes;
import dev.palimpsest.port.Ledger;
import dev.palimpsest.port.Ledger.PageRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Tells what is known of one entity: its profile, what is said of it, and what refers to it.
final class EntityTool implements Tool {

    static final int PAGE = 50;

    private static final String ID = "id";
    private static final String AT = "at";
    private static final String PREDICATE = "predicate";
    private static final String AFTER = "after";

    private final Ledger ledger;

    EntityTool(Ledger ledger) {
        this.ledger = ledger;
    }

    /// @param facts about it
    /// @param referring facts with it as object; on the first page only
    /// @param more hand it in as `after` for further facts; absent if there are none
    record Known(
            Told.OfEntity entity,
            List<Told.OfFact> facts,
            List<Told.OfFact> referring,
            @Nullable String more) {}

    @Override
    public String name() {
        return "entity";
    }

    @Override
    public Known call(Call call) {
        var arguments = call.arguments(ID, AT, PREDICATE, AFTER, Snapshot.KNOWN_AT);
        var snapshot = Snapshot.of(ledger, call.space(), arguments);
        var entity = snapshot.entity(arguments.required(ID, DomainShapes.ENTITY));
        var predicate = arguments.optional(PREDICATE, DomainShapes.PREDICATE);
        var valid = arguments.optional(AT, Shapes.MOMENT);
        var after = arguments.optional(AFTER, Shapes.TEXT);
        var facts =
                Shapes.made(
                        AFTER,
                        () ->
                                ledger.facts(
                                        snapshot.space(),
                                        entity.entity(),
                                        predicate,
                                        valid,
                                        snapshot.at(),
                                        new PageRequest(PAGE, after)));
        var referring =
                after.isPresent()
                        ? List.<Told.OfFact>of()
                        : snapshot.told(
                                ledger.factsTo(
                                                snapshot.space(),
                                                entity.entity(),
                                                predicate,
                                                valid,
                                                snapshot.at(),
                                                PageRequest.first(PAGE))
                                        .elements());
        return new Known(
                Told.OfEntity.of(entity),
                snapshot.told(facts.elements()),
                referring,
                facts.next().orElse(null));
    }
}
