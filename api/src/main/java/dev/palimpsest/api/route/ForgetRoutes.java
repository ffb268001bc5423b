package dev.palimpsest.api.route;

import dev.palimpsest.api.wire.ForgetReportBody;
import dev.palimpsest.api.wire.ForgottenBody;
import dev.palimpsest.ingest.job.Imports;
import dev.palimpsest.ingest.record.WriteDoor;
import dev.palimpsest.ingest.source.ForgettingParser;
import dev.palimpsest.ingest.source.Shapes;
import dev.palimpsest.port.Forgetting.Target;
import dev.palimpsest.port.Ledger;
import dev.palimpsest.port.Ledger.Page;
import dev.palimpsest.port.StoreException;
import dev.palimpsest.port.Tombstones;
import dev.palimpsest.port.Visibility.Level;
import dev.palimpsest.time.Position;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Forgets, lifts that, and lists what was forgotten: `/v1/spaces/{space}/forget`.
final class ForgetRoutes {

    private static final String FORGET = "/v1/spaces/{space}/forget";

    private final Ledger ledger;
    private final WriteDoor door;
    private final Tombstones tombstones;
    private final Imports imports;

    ForgetRoutes(Ledger ledger, WriteDoor door, Tombstones tombstones, Imports imports) {
        this.ledger = ledger;
        this.door = door;
        this.tombstones = tombstones;
        this.imports = imports;
    }

    void addTo(RoutesConfig routes) {
        routes.post(FORGET, this::forget);
        routes.post(FORGET + "/lift", this::lift);
        routes.get("/v1/spaces/{space}/forgotten", this::list);
    }

    /// Waits for all indexes if not told otherwise.
    private void forget(Context ctx) throws IOException {
        var parameters = Parameters.of(ctx, Writes.WAIT);
        var level = parameters.oneOf(Writes.WAIT, List.of(Level.values()), Level.EMBEDDED);
        var asked =
                ForgettingParser.forgetting(
                        parameters.space(), RequestBody.json(ctx, Limits.LARGEST_QUESTION));
        var forgot =
                asked.dryRun()
                        ? door.wouldForget(asked.forgetting())
                        : door.forget(asked.forgetting(), level, Limits.LONGEST_WAIT);
        if (!asked.dryRun()) {
            imports.forget(
                    parameters.space(), asked.forgetting().target() instanceof Target.Everything);
        }
        Reads.answer(ctx.status(forgot.dropped() ? 200 : 202), ForgetReportBody.of(forgot));
    }

    private void lift(Context ctx) throws IOException {
        var space = Parameters.of(ctx).space();
        var lifted =
                ForgettingParser.lifting(space, RequestBody.json(ctx, Limits.LARGEST_QUESTION));
        if (!door.lift(lifted)) {
            throw new StoreException.NotFound("nothing such is forgotten in space '" + space + "'");
        }
        Reads.answer(ctx, Map.of("lifted", true));
    }

    /// What is known of a space that was itself forgotten is listed, too.
    private void list(Context ctx) {
        var parameters = Parameters.of(ctx, Parameters.LIMIT, Parameters.CURSOR);
        var space = parameters.space();
        var request = parameters.page();
        var after =
                Shapes.made(
                        Parameters.CURSOR,
                        () -> new Position(Long.parseLong(request.after().orElse("0"))));
        var found = tombstones.of(space, after, request.size() + 1);
        if (found.isEmpty()) {
            Reads.requireSpace(ledger, space);
        }
        boolean more = found.size() > request.size();
        var shown = more ? found.subList(0, request.size()) : found;
        var next =
                more
                        ? Optional.of(Long.toString(shown.getLast().position().number()))
                        : Optional.<String>empty();
        Reads.answer(ctx, new Page<>(shown, next), ledger.head(), ForgottenBody::of);
    }
}
