package dev.palimpsest.api.route;

import dev.palimpsest.api.wire.FactDetailBody;
import dev.palimpsest.ingest.source.RetractionParser;
import dev.palimpsest.model.FactId;
import dev.palimpsest.model.FactVersion;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.Ledger;
import dev.palimpsest.port.StoreException;
import dev.palimpsest.port.WriteItem;
import dev.palimpsest.time.Bookmark;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/// Reads facts by id, and takes them back: `/v1/spaces/{space}/facts/{fact}` and below.
final class FactRoutes {

    private static final String ONE = "/v1/spaces/{space}/facts/{fact}";

    private final Ledger ledger;
    private final Writes writes;

    FactRoutes(Ledger ledger, Writes writes) {
        this.ledger = ledger;
        this.writes = writes;
    }

    void addTo(RoutesConfig routes) {
        routes.get(ONE, this::one);
        routes.get(ONE + "/history", this::history);
        routes.post(ONE + "/retract", this::retract);
        routes.post(ONE + "/correct", this::correct);
    }

    private void one(Context ctx) {
        var parameters = Parameters.of(ctx, Reads.KNOWN_AT);
        var space = parameters.space();
        var id = fact(parameters);
        var snapshot = Reads.snapshot(ledger, space, parameters);
        var versions = versions(space, id, snapshot);
        var visible =
                versions.stream()
                        .filter(version -> version.recorded().visibleAt(snapshot.position()))
                        .toList();
        var assertions =
                ledger.assertions(space, Set.of(id), snapshot.position())
                        .getOrDefault(id, List.of());
        Reads.answer(ctx, FactDetailBody.of(versions.getLast(), visible, assertions, snapshot));
    }

    private void history(Context ctx) {
        var parameters = Parameters.of(ctx, Reads.KNOWN_AT, Parameters.LIMIT, Parameters.CURSOR);
        var space = parameters.space();
        var snapshot = Reads.snapshot(ledger, space, parameters);
        var page =
                Reads.pageOf(
                        versions(space, fact(parameters), snapshot),
                        version -> version.id().toString(),
                        parameters.page());
        Reads.answer(ctx, page, snapshot, Reads.told(ledger, space, page, snapshot));
    }

    private void retract(Context ctx) throws IOException {
        var id = fact(Parameters.of(ctx, Writes.WAIT));
        writes.write(ctx, body -> List.of(WriteItem.now(RetractionParser.retraction(id, body))));
    }

    private void correct(Context ctx) throws IOException {
        var id = fact(Parameters.of(ctx, Writes.WAIT));
        writes.write(ctx, body -> List.of(WriteItem.now(RetractionParser.correction(id, body))));
    }

    private static FactId fact(Parameters parameters) {
        return parameters.path("fact", FactId::parse);
    }

    private List<FactVersion> versions(SpaceId space, FactId fact, Bookmark snapshot) {
        var versions = ledger.fact(space, fact, snapshot.position());
        if (versions.isEmpty()) {
            throw new StoreException.NotFound(
                    "there is no fact " + fact + " in space '" + space + "' at " + snapshot);
        }
        return versions;
    }
}
