package dev.palimpsest.api.route;

import dev.palimpsest.api.access.KeyRing;
import dev.palimpsest.api.access.KeyRing.Wanted;
import dev.palimpsest.api.wire.KeyBody;
import dev.palimpsest.ingest.source.InvalidField;
import dev.palimpsest.ingest.source.Shapes;
import dev.palimpsest.ingest.source.StrictObject;
import dev.palimpsest.model.Key;
import dev.palimpsest.model.Key.Reach;
import dev.palimpsest.model.KeyName;
import dev.palimpsest.model.Scope;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.Ledger;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/// Makes, lists and revokes keys: `/v1/keys`.
final class KeyRoutes {

    private static final String PATH = "/v1/keys";
    private static final String NAME = "name";
    private static final String SCOPES = "scopes";
    private static final String SPACES = "spaces";
    private static final String EXPIRES = "expires";
    private static final String PACE = "requestsPerMinute";
    private static final int MOST_SPACES = 1_000;

    private final KeyRing keys;
    private final Ledger ledger;

    KeyRoutes(KeyRing keys, Ledger ledger) {
        this.keys = keys;
        this.ledger = ledger;
    }

    void addTo(RoutesConfig routes) {
        routes.post(PATH, this::make);
        routes.get(PATH, this::list);
        routes.delete(PATH + "/{key}", this::revoke);
    }

    private void make(Context ctx) throws IOException {
        Parameters.of(ctx);
        var body =
                StrictObject.of(
                        RequestBody.json(ctx, Limits.LARGEST_QUESTION),
                        "",
                        List.of(NAME, SCOPES, SPACES, EXPIRES, PACE));
        var name = body.required(NAME, Shapes.TEXT.as(KeyName::new));
        var scopes =
                body.required(
                        SCOPES, Shapes.listOf(Shapes.TEXT.as(Scope::of), Scope.values().length));
        var spaces = body.required(SPACES, Shapes.listOf(Shapes.TEXT, MOST_SPACES));
        var expires = body.optional(EXPIRES, Shapes.MOMENT);
        var pace = body.optional(PACE, Shapes.COUNT.as(KeyRoutes::pace));
        var wanted =
                new Wanted(
                        name,
                        Set.copyOf(scopes),
                        reach(spaces),
                        expires,
                        pace.map(OptionalInt::of).orElse(OptionalInt.empty()));
        var made = Shapes.made("", () -> keys.make(wanted));
        // no cache keeps what is shown once
        ctx.header("Cache-Control", "no-store");
        Reads.answer(ctx.status(201), KeyBody.made(made.key(), made.text()));
    }

    private static Integer pace(Integer requestsPerMinute) {
        Key.requirePace(requestsPerMinute);
        return requestsPerMinute;
    }

    private static Reach reach(List<String> spaces) {
        if (spaces.equals(List.of(KeyBody.EVERYWHERE))) {
            return new Reach.Everywhere();
        }
        if (spaces.contains(KeyBody.EVERYWHERE)) {
            throw new InvalidField(SPACES, "must hold names of spaces, or * alone");
        }
        return Shapes.made(
                SPACES,
                () -> new Reach.Within(Set.copyOf(spaces.stream().map(SpaceId::new).toList())));
    }

    private void list(Context ctx) {
        var parameters = Parameters.of(ctx, Parameters.LIMIT, Parameters.CURSOR);
        var page = Reads.pageOf(keys.all(), key -> key.id(), parameters.page());
        Reads.answer(ctx, page, ledger.head(), KeyBody::of);
    }

    private void revoke(Context ctx) {
        Parameters.of(ctx);
        Reads.answer(ctx, KeyBody.of(keys.revoke(ctx.pathParam("key"))));
    }
}
