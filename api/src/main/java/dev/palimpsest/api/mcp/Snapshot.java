package dev.palimpsest.api.mcp;

import dev.palimpsest.ingest.source.Shapes;
import dev.palimpsest.ingest.source.StrictObject;
import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.EntityProfile;
import dev.palimpsest.model.FactVersion;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.Ledger;
import dev.palimpsest.port.Ledger.EntityFilter;
import dev.palimpsest.port.Ledger.PageRequest;
import dev.palimpsest.port.StoreException;
import dev.palimpsest.time.Position;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// A space of the ledger as it was known at one moment; what an agent wrote itself is in it.
record Snapshot(Ledger ledger, SpaceId space, Position at) {

    static final String KNOWN_AT = "knownAt";

    private static final int MOST_SUGGESTED = 5;

    /// As known at `knownAt`, or now.
    ///
    /// @throws StoreException.NotFound if there is no such space
    static Snapshot of(Ledger ledger, SpaceId space, StrictObject arguments) {
        requireSpace(ledger, space);
        var at =
                arguments
                        .optional(KNOWN_AT, Shapes.MOMENT)
                        .map(moment -> ledger.positionAt(space, moment))
                        .orElseGet(() -> ledger.head().position());
        return new Snapshot(ledger, space, at);
    }

    static void requireSpace(Ledger ledger, SpaceId space) {
        if (ledger.space(space).isEmpty()) {
            throw new StoreException.NotFound(
                    "there is no space '"
                            + space
                            + "'; `spaces` lists those there are, and `remember` makes one with"
                            + " \"createSpace\": true");
        }
    }

    /// @throws StoreException.NotFound if there is none, with those that are called so
    EntityProfile entity(EntityId id) {
        return ledger.entity(space, id, at)
                .orElseThrow(() -> {
                    var called = called(id.value());
                    return new StoreException.NotFound(
                            "there is no entity '"
                                    + id
                                    + "' in space '"
                                    + space
                                    + "'; "
                                    + (called.isEmpty()
                                            ? "`ask` finds entities by what is said of them"
                                            : "by that name there are: "
                                                    + String.join(", ", called)));
                });
    }

    private List<String> called(String name) {
        var filter = new EntityFilter(Optional.empty(), Optional.of(name));
        return ledger
                .entities(space, filter, at, PageRequest.first(MOST_SUGGESTED))
                .elements()
                .stream()
                .map(profile -> profile.entity().value())
                .toList();
    }

    /// With who said each while it was believed.
    List<Told.OfFact> told(List<FactVersion> versions) {
        var facts = versions.stream().map(FactVersion::fact).collect(Collectors.toSet());
        var said = ledger.everSaid(space, facts, at);
        return versions.stream()
                .map(version ->
                        Told.OfFact.of(
                                version,
                                said.getOrDefault(version.fact(), List.of()).stream()
                                        .filter(version::isSaidBy)
                                        .map(one -> one.source().value())
                                        .distinct()
                                        .toList()))
                .toList();
    }
}
