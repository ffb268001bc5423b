package dev.palimpsest.api.route;

import dev.palimpsest.api.wire.FindingBody;
import dev.palimpsest.api.wire.ProjectionBody;
import dev.palimpsest.api.wire.ProjectionsBody;
import dev.palimpsest.ingest.source.StrictObject;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;

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
        Reads.answer(ctx, states());
    }

    private void verify(Context ctx) throws IOException, InterruptedException {
        requireNothingSaid(ctx);
        var found = upkeep.verify(ctx.pathParam("projection"));
        Reads.answer(
                ctx,
                new FindingBody(
                        found.name(), found.compared(), found.differences(), found.examples()));
    }

    private void rebuild(Context ctx) throws IOException {
        requireNothingSaid(ctx);
        upkeep.rebuild(ctx.pathParam("projection"));
        Reads.answer(ctx.status(202), states());
    }

    private ProjectionsBody states() {
        return new ProjectionsBody(
                upkeep.states().stream()
                        .map(state ->
                                new ProjectionBody(state.name(), state.following(), state.behind()))
                        .toList());
    }

    /// The body is `{}`: it must be there, so that no form of a web page will do.
    private static void requireNothingSaid(Context ctx) throws IOException {
        Parameters.of(ctx);
        StrictObject.of(RequestBody.json(ctx, Limits.LARGEST_QUESTION), "", List.of());
    }
}
