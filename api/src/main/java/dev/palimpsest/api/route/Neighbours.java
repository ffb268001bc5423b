package dev.palimpsest.api.route;

import dev.palimpsest.api.wire.NeighbourBody;
import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.FactVersion;
import dev.palimpsest.model.PredicateName;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.model.Value;
import dev.palimpsest.port.Ledger;
import dev.palimpsest.port.Ledger.Page;
import dev.palimpsest.port.Ledger.PageRequest;
import dev.palimpsest.time.Position;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The entities one fact away: first those the entity's own facts name, then those whose facts name
/// it.
final class Neighbours {

    private static final String OUT = "out:";
    private static final String IN = "in:";

    private final Ledger ledger;

    Neighbours(Ledger ledger) {
        this.ledger = ledger;
    }

    /// Whose neighbours, by which facts.
    record Wanted(
            SpaceId space,
            EntityId entity,
            Optional<PredicateName> predicate,
            Optional<Instant> valid) {}

    /// The page that begins with the entity's own facts goes on to those of others where they end.
    Page<NeighbourBody> of(Wanted wanted, Position at, PageRequest request) {
        var cursor = request.after().orElse(OUT);
        if (cursor.startsWith(IN)) {
            return incoming(wanted, at, rest(request, cursor, IN));
        }
        if (!cursor.startsWith(OUT)) {
            throw new IllegalArgumentException("names no page of neighbours: " + cursor);
        }
        var out = outgoing(wanted, at, rest(request, cursor, OUT));
        int room = request.size() - out.elements().size();
        if (out.next().isPresent() || room == 0) {
            return new Page<>(out.elements(), out.next().or(() -> Optional.of(IN)));
        }
        var in = incoming(wanted, at, PageRequest.first(room));
        var both = Stream.concat(out.elements().stream(), in.elements().stream()).toList();
        return new Page<>(both, in.next());
    }

    /// A page may hold less than was asked for and still name a next one: literals are left out.
    private Page<NeighbourBody> outgoing(Wanted wanted, Position at, PageRequest request) {
        var page =
                ledger.facts(
                        wanted.space(),
                        wanted.entity(),
                        wanted.predicate(),
                        wanted.valid(),
                        at,
                        request);
        return new Page<>(named(page.elements()), page.next().map(OUT::concat));
    }

    private Page<NeighbourBody> incoming(Wanted wanted, Position at, PageRequest request) {
        var page =
                ledger.factsTo(
                        wanted.space(),
                        wanted.entity(),
                        wanted.predicate(),
                        wanted.valid(),
                        at,
                        request);
        return new Page<>(
                page.elements().stream().map(NeighbourBody::in).toList(),
                page.next().map(IN::concat));
    }

    private static PageRequest rest(PageRequest request, String cursor, String side) {
        var after = cursor.substring(side.length());
        return new PageRequest(
                request.size(), after.isEmpty() ? Optional.empty() : Optional.of(after));
    }

    private static List<NeighbourBody> named(List<FactVersion> versions) {
        return versions.stream()
                .flatMap(version ->
                        version.object() instanceof Value.Entity(var object)
                                ? Stream.of(NeighbourBody.out(object, version))
                                : Stream.empty())
                .toList();
    }
}
