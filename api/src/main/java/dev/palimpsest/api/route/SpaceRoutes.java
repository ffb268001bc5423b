package dev.palimpsest.api.route;

import dev.palimpsest.api.wire.SpaceBody;
import dev.palimpsest.ingest.record.WriteDoor;
import dev.palimpsest.ingest.source.Shapes;
import dev.palimpsest.ingest.source.StrictObject;
import dev.palimpsest.model.Scope;
import dev.palimpsest.model.Space;
import dev.palimpsest.port.Ledger;
import dev.palimpsest.port.StoreException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;

/// Makes, lists and describes spaces: `/v1/spaces`.
final class SpaceRoutes {

    private final Ledger ledger;
    private final WriteDoor writes;

    SpaceRoutes(Ledger ledger, WriteDoor writes) {
        this.ledger = ledger;
        this.writes = writes;
    }

    void addTo(RoutesConfig routes) {
        routes.get("/v1/spaces", this::list);
        routes.get("/v1/spaces/{space}", this::describe);
        routes.put("/v1/spaces/{space}", this::make);
    }

    /// Those that may be read.
    private void list(Context ctx) {
        var parameters = Parameters.of(ctx, Parameters.LIMIT, Parameters.CURSOR);
        var principal = Doorkeeper.of(ctx.req());
        var readable =
                ledger.spaces().stream()
                        .filter(space -> principal.may(Scope.READ, space.id()))
                        .toList();
        var page = Reads.pageOf(readable, space -> space.id().value(), parameters.page());
        Reads.answer(ctx, page, ledger.head(), SpaceBody::of);
    }

    private void describe(Context ctx) {
        var id = Parameters.of(ctx).space();
        var space = ledger.space(id).orElseThrow(() -> StoreException.NotFound.space(id));
        Reads.answer(ctx, SpaceBody.of(space));
    }

    private void make(Context ctx) throws IOException {
        var id = Parameters.of(ctx).space();
        var body = RequestBody.json(ctx, Limits.LARGEST_BODY);
        var settings = StrictObject.of(body, "", List.of("strict"));
        var space = new Space(id, settings.optional("strict", Shapes.FLAG).orElse(false));
        boolean made = writes.makeSpace(space);
        Reads.answer(ctx.status(made ? 201 : 200), SpaceBody.of(space));
    }
}
