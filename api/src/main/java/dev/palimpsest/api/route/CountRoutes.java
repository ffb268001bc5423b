package dev.palimpsest.api.route;

import dev.palimpsest.api.wire.CountBody;
import dev.palimpsest.api.wire.CountedBody;
import dev.palimpsest.ingest.source.Shapes;
import dev.palimpsest.question.Counter;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;

/// Counts: `POST /v1/spaces/{space}/count`.
final class CountRoutes {

    private final Counter counter;

    CountRoutes(Counter counter) {
        this.counter = counter;
    }

    void addTo(RoutesConfig routes) {
        routes.post("/v1/spaces/{space}/count", this::count);
    }

    private void count(Context ctx) throws IOException {
        var space = Parameters.of(ctx).space();
        var count = CountBody.parse(space, RequestBody.json(ctx, Limits.LARGEST_QUESTION));
        Reads.answer(ctx, CountedBody.of(Shapes.made("", () -> counter.count(count))));
    }
}
