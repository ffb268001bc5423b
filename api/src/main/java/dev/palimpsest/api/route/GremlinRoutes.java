package dev.palimpsest.api.route;

import dev.palimpsest.api.gremlin.GremlinDoor;
import dev.palimpsest.api.wire.GremlinBody;
import dev.palimpsest.ingest.source.Shapes;
import dev.palimpsest.ingest.source.StrictObject;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;

/// Answers read-only Gremlin: `POST /v1/spaces/{space}/gremlin`.
final class GremlinRoutes {

    private static final String GREMLIN = "gremlin";
    private static final String AT = "at";
    private static final String KNOWN_AT = "knownAt";

    private final GremlinDoor door;

    GremlinRoutes(GremlinDoor door) {
        this.door = door;
    }

    void addTo(RoutesConfig routes) {
        routes.post("/v1/spaces/{space}/gremlin", this::ask);
    }

    private void ask(Context ctx) throws IOException {
        var space = Parameters.of(ctx).space();
        var body = RequestBody.json(ctx, Limits.LARGEST_QUESTION);
        var asked = StrictObject.of(body, "", List.of(GREMLIN, AT, KNOWN_AT));
        var text = asked.required(GREMLIN, Shapes.WORDS);
        var at = asked.optional(AT, Shapes.MOMENT);
        var knownAt = asked.optional(KNOWN_AT, Shapes.MOMENT);
        var found = Shapes.made(GREMLIN, () -> door.ask(space, text, at, knownAt));
        Reads.answer(ctx, new GremlinBody(found.values(), found.truncated(), found.note()));
    }
}
