package dev.palimpsest.api.route;

import dev.palimpsest.api.wire.ContextBody;
import dev.palimpsest.api.wire.ContextQuestionBody;
import dev.palimpsest.ingest.source.Shapes;
import dev.palimpsest.question.ContextMaker;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;

/// Tells the evidence for a question: `POST /v1/spaces/{space}/context`.
final class ContextRoutes {

    private final ContextMaker contexts;

    ContextRoutes(ContextMaker contexts) {
        this.contexts = contexts;
    }

    void addTo(RoutesConfig routes) {
        routes.post("/v1/spaces/{space}/context", this::context);
    }

    private void context(Context ctx) throws IOException {
        var space = Parameters.of(ctx).space();
        var body = RequestBody.json(ctx, Limits.LARGEST_QUESTION);
        var asked = ContextQuestionBody.parse(space, body);
        var context = Shapes.made("", () -> contexts.context(asked));
        Reads.answer(ctx, ContextBody.of(context, asked.question().explain()));
    }
}
