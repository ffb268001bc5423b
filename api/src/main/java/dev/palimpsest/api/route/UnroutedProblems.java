package dev.palimpsest.api.route;

import dev.palimpsest.api.wire.ProblemBody;
import dev.palimpsest.api.wire.ProblemKind;
import dev.palimpsest.api.wire.WireJson;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// Answers with problems what never reaches a route: no HTTP, no path, a head too large.
final class UnroutedProblems extends ErrorHandler {

    /// Whatever the method: Jetty itself leaves all but GET, POST and HEAD without a word.
    @Override
    public boolean errorPageForMethod(String method) {
        return true;
    }

    @Override
    protected void generateResponse(
            Request request,
            Response response,
            int code,
            @Nullable String message,
            @Nullable Throwable cause,
            Callback callback) {
        var kind =
                switch (code) {
                    case 414, 431 -> ProblemKind.HEAD_TOO_LARGE;
                    case 404 -> ProblemKind.NOT_FOUND;
                    case 500 -> ProblemKind.INTERNAL;
                    default -> ProblemKind.BAD_REQUEST;
                };
        var detail = message == null || code == 500 ? kind.title() : message;
        response.setStatus(kind.status());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problems.CONTENT_TYPE);
        response.write(
                true, ByteBuffer.wrap(WireJson.write(ProblemBody.of(kind, detail))), callback);
    }
}
