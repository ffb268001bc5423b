package dev.palimpsest.api.route;

import dev.palimpsest.api.wire.MemoryBody;
import dev.palimpsest.model.MemoryId;
import dev.palimpsest.port.Ledger;
import dev.palimpsest.port.StoreException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;

/// Reads memories by id: `GET /v1/spaces/{space}/memories/{memory}`.
final class MemoryRoutes {

    private final Ledger ledger;

    MemoryRoutes(Ledger ledger) {
        this.ledger = ledger;
    }

    void addTo(RoutesConfig routes) {
        routes.get("/v1/spaces/{space}/memories/{memory}", this::one);
    }

    private void one(Context ctx) {
        var parameters = Parameters.of(ctx, Reads.KNOWN_AT);
        var space = parameters.space();
        var id = parameters.path("memory", MemoryId::new);
        var snapshot = Reads.snapshot(ledger, space, parameters);
        var memory =
                ledger.memory(space, id, snapshot.position())
                        .orElseThrow(() ->
                                new StoreException.NotFound(
                                        "there is no memory '"
                                                + id
                                                + "' in space '"
                                                + space
                                                + "' at "
                                                + snapshot));
        Reads.answer(ctx, MemoryBody.of(memory));
    }
}
