package dev.palimpsest.api.route;

import dev.palimpsest.api.access.AuditTrail;
import dev.palimpsest.api.access.AuditTrail.Deed;
import dev.palimpsest.api.access.Guard;
import dev.palimpsest.api.access.Need;
import dev.palimpsest.api.access.Pace;
import dev.palimpsest.api.access.Principal;
import dev.palimpsest.api.mcp.McpDoor;
import dev.palimpsest.ingest.source.InvalidField;
import dev.palimpsest.ingest.source.Shapes;
import dev.palimpsest.model.SpaceId;
import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/// Lets a request go on to its route if who sent it may do that. Nothing of the request but its
/// head and its path was looked at before, and nothing of the store.
final class Doorkeeper {

    private static final String PRINCIPAL = Principal.class.getName();
    private static final String SPACE = "space";

    private static final String ITEMS = "palimpsest.items";

    private final Guard guard;
    private final Pace pace;
    private final AuditTrail audit;

    Doorkeeper(Guard guard, Pace pace, AuditTrail audit) {
        this.guard = guard;
        this.pace = pace;
        this.audit = audit;
    }

    /// Before the route that the request matches. What is asked with HEAD matches none: it gets an
    /// empty answer that is always the same.
    void admit(Context ctx) {
        var endpoint = ctx.endpoints().matchedHttpEndpoint();
        if (endpoint == null) {
            return;
        }
        var need = RouteNeeds.of(endpoint.method.name() + " " + endpoint.path);
        if (need instanceof Need.Nothing) {
            return;
        }
        identify(ctx.req()).require(need, space(ctx, need));
    }

    /// After the route: writes down what was done, or refused.
    void record(Context ctx) {
        var endpoint = ctx.endpoints().matchedHttpEndpoint();
        if (endpoint == null) {
            return;
        }
        var need = RouteNeeds.of(endpoint.method.name() + " " + endpoint.path);
        long items = ctx.statusCode() < 300 ? 1 : 0;
        var written = ctx.<Integer>attribute(ITEMS);
        audit.record(
                known(ctx.req()),
                need,
                new Deed(
                        endpoint.method.name(),
                        endpoint.path,
                        nameable(ctx, need),
                        ctx.statusCode(),
                        written == null ? items : written));
    }

    /// An agent that was not let in.
    void recordRefused(HttpServletRequest request, int status) {
        audit.record(
                known(request),
                new Need.AnyKey(),
                new Deed(request.getMethod(), McpDoor.PATH, Optional.empty(), status, 0));
    }

    /// Remembers for the audit log how many items a request wrote.
    static void wrote(Context ctx, int items) {
        ctx.attribute(ITEMS, items);
    }

    /// The space of the path, if a space can be called so.
    private static Optional<SpaceId> nameable(Context ctx, Need need) {
        try {
            return space(ctx, need);
        } catch (InvalidField e) {
            return Optional.empty();
        }
    }

    private static Optional<Principal> known(HttpServletRequest request) {
        return request.getAttribute(PRINCIPAL) instanceof Principal principal
                ? Optional.of(principal)
                : Optional.empty();
    }

    /// Finds out who sent it, for whoever asks later, and counts it.
    ///
    /// @throws dev.palimpsest.api.access.Refused if nobody who may come in
    /// @throws dev.palimpsest.api.access.TooOften if they may, but not as often
    Principal identify(HttpServletRequest request) {
        var principal = guard.identify(Optional.ofNullable(request.getHeader("Authorization")));
        request.setAttribute(PRINCIPAL, principal);
        pace.admit(principal);
        return principal;
    }

    /// Who sent it.
    static Principal of(HttpServletRequest request) {
        if (request.getAttribute(PRINCIPAL) instanceof Principal principal) {
            return principal;
        }
        throw new IllegalStateException("nobody looked who sent this request");
    }

    private static Optional<SpaceId> space(Context ctx, Need need) {
        return need instanceof Need.InSpace
                ? Optional.of(Shapes.made(SPACE, () -> new SpaceId(ctx.pathParam(SPACE))))
                : Optional.empty();
    }
}
