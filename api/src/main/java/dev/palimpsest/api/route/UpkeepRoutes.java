package dev.palimpsest.api.route;

import dev.palimpsest.ingest.source.StrictObject;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/// Tells how projections are, compares them with the ledger and makes them anew: `/v1/projections`.
final class UpkeepRoutes {

    private final Upkeep upkeep;

    UpkeepRoutes(Upkeep upkeep) {
        this.upkeep = upkeep;
    }

    void addTo(RoutesConfig routes) {
        routes.get("/v1/projections", this::list);
        routes.post("/v1/projections/{projection}/verify", this::verify);
        routes.post("/v1/projections/{projection}/rebuild", this::rebuild);
    }

    private void list(Context ctx) {
        Parameters.of(ctx);
        Reads.answer(ctx, Map.of("items", upkeep.states()));
    }

    private void verify(Context ctx) throws IOException, InterruptedException {
        requireNothingSaid(ctx);
        Reads.answer(ctx, upkeep.verify(ctx.pathParam("projection")));
    }

    private void rebuild(Context ctx) throws IOException {
        requireNothingSaid(ctx);
        upkeep.rebuild(ctx.pathParam("projection"));
        Reads.answer(ctx.status(202), Map.of("items", upkeep.states()));
    }

    /// The body is `{}`: it must be there, so that no form of a web page will do.
    private static void requireNothingSaid(Context ctx) throws IOException {
        Parameters.of(ctx);
        StrictObject.of(RequestBody.json(ctx, Limits.LARGEST_QUESTION), "", List.of());
    }
}
