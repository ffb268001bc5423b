package dev.palimpsest.api.route;

import dev.palimpsest.api.wire.AuditBody;
import dev.palimpsest.api.wire.AuditBody.VerifiedBody;
import dev.palimpsest.ingest.source.Shapes;
import dev.palimpsest.ingest.source.StrictObject;
import dev.palimpsest.port.Audit;
import dev.palimpsest.port.Ledger;
import dev.palimpsest.port.Ledger.Page;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Gives out the audit log and works out its hashes anew: `/v1/audit`.
final class AuditRoutes {

    private static final String PATH = "/v1/audit";

    private final Audit audit;
    private final Ledger ledger;

    AuditRoutes(Audit audit, Ledger ledger) {
        this.audit = audit;
        this.ledger = ledger;
    }

    void addTo(RoutesConfig routes) {
        routes.get(PATH, this::list);
        routes.post(PATH + "/verify", this::verify);
    }

    private void list(Context ctx) {
        var request = Parameters.of(ctx, Parameters.LIMIT, Parameters.CURSOR).page();
        long after =
                Shapes.made(Parameters.CURSOR, () -> Long.parseLong(request.after().orElse("0")));
        var found = audit.after(after, request.size() + 1);
        boolean more = found.size() > request.size();
        var shown = more ? found.subList(0, request.size()) : found;
        Optional<String> next =
                more ? Optional.of(Long.toString(shown.getLast().no())) : Optional.empty();
        Reads.answer(ctx, new Page<>(shown, next), ledger.head(), AuditBody::of);
    }

    private void verify(Context ctx) throws IOException {
        Parameters.of(ctx);
        StrictObject.of(RequestBody.json(ctx, Limits.LARGEST_QUESTION), "", List.of());
        Reads.answer(ctx, VerifiedBody.of(audit.verify()));
    }
}
