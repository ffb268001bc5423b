package dev.palimpsest.api.route;

import dev.palimpsest.api.wire.AnswerBody;
import dev.palimpsest.api.wire.QuestionBody;
import dev.palimpsest.ingest.source.Shapes;
import dev.palimpsest.question.Reader;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;

/// Answers questions: `POST /v1/spaces/{space}/retrieve`.
final class RetrieveRoutes {

    private final Reader reader;

    RetrieveRoutes(Reader reader) {
        this.reader = reader;
    }

    void addTo(RoutesConfig routes) {
        routes.post("/v1/spaces/{space}/retrieve", this::retrieve);
    }

    private void retrieve(Context ctx) throws IOException {
        var space = Parameters.of(ctx).space();
        var body = RequestBody.json(ctx, Limits.LARGEST_QUESTION);
        var question = QuestionBody.parse(space, body);
        var answer = Shapes.made("", () -> reader.answer(question));
        Reads.answer(ctx, AnswerBody.of(answer, question.explain()));
    }
}
