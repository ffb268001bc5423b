package dev.palimpsest.api.gremlin;

import dev.palimpsest.graph.janus.GraphView;
import dev.palimpsest.graph.janus.GraphView.ValidTime;
import dev.palimpsest.graph.janus.GremlinReader;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.Ledger;
import dev.palimpsest.port.StoreException;
import dev.palimpsest.question.KnownAt;
import dev.palimpsest.time.Position;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/// Gremlin about what one space holds, as far as the graph has followed the ledger.
public final class SpaceGremlin implements GremlinDoor {

    private final GremlinReader reader;
    private final Ledger ledger;
    private final Supplier<Position> covers;
    private final InstantSource clock;

    /// @param covers how far the graph has followed
    public SpaceGremlin(
            GremlinReader reader, Ledger ledger, Supplier<Position> covers, InstantSource clock) {
        this.reader = reader;
        this.ledger = ledger;
        this.covers = covers;
        this.clock = clock;
    }

    @Override
    public Results ask(
            SpaceId space, String gremlin, Optional<Instant> at, Optional<Instant> knownAt) {
        if (ledger.space(space).isEmpty()) {
            throw StoreException.NotFound.space(space);
        }
        var followed = covers.get();
        var position =
                knownAt.map(moment -> Position.lower(followed, ledger.positionAt(space, moment)))
                        .orElse(followed);
        var valid =
                at.<ValidTime>map(ValidTime.At::new)
                        .orElseGet(() -> new ValidTime.Now(clock.instant()));
        var found = reader.ask(new GraphView(space, position, valid), gremlin);
        var note = KnownAt.note(knownAt, clock.instant());
        return new Results(found.values(), found.truncated(), note.orElse(null));
    }
}
