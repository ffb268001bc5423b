package dev.palimpsest.api.route;

import dev.palimpsest.api.access.Refused;
import dev.palimpsest.api.access.TooOften;
import dev.palimpsest.api.wire.ProblemBody;
import dev.palimpsest.api.wire.ProblemKind;
import dev.palimpsest.api.wire.WireJson;
import dev.palimpsest.ingest.source.InvalidField;
import dev.palimpsest.port.StoreException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.io.EofException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers failures with problems (RFC 9457). What is the caller's fault gets a status below 500;
/// only what is ours is logged.
final class Problems {

    static final String CONTENT_TYPE = "application/problem+json";

    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private Problems() {}

    static void addTo(RoutesConfig routes) {
        routes.exception(ProblemException.class, (failure, ctx) -> answer(ctx, failure));
        routes.exception(
                Refused.class,
                (failure, ctx) -> {
                    challenge(ctx.res(), failure);
                    answer(ctx, of(failure));
                });
        routes.exception(TooOften.class, (failure, ctx) -> answer(ctx, of(failure)));
        routes.exception(InvalidField.class, (failure, ctx) -> answer(ctx, of(failure)));
        routes.exception(StoreException.class, (failure, ctx) -> answer(ctx, of(failure)));
        routes.exception(HttpResponseException.class, (failure, ctx) -> answer(ctx, of(failure)));
        routes.exception(IOException.class, Problems::unreadable);
        routes.exception(Exception.class, Problems::unforeseen);
    }

    static ProblemException of(Refused failure) {
        return ProblemException.of(
                failure.isKnown() ? ProblemKind.FORBIDDEN : ProblemKind.UNAUTHORIZED,
                said(failure));
    }

    static ProblemException of(TooOften failure) {
        return new ProblemException(
                ProblemBody.of(ProblemKind.TOO_OFTEN, said(failure)),
                Optional.of(failure.retryAfter()));
    }

    /// Tells whoever has no key how one is sent.
    static void challenge(HttpServletResponse response, Refused failure) {
        if (!failure.isKnown()) {
            response.setHeader("WWW-Authenticate", "Bearer");
        }
    }

    static ProblemException of(InvalidField failure) {
        return ProblemException.of(
                ProblemBody.of(ProblemKind.INVALID, failure.field(), failure.rule()));
    }

    static ProblemException of(StoreException failure) {
        return switch (failure) {
            case StoreException.Unavailable _ -> retriable(ProblemKind.UNAVAILABLE, failure, RETRY);
            case StoreException.TooSlow _ -> retriable(ProblemKind.TOO_SLOW, failure, RETRY);
            case StoreException.Overloaded overloaded ->
                    retriable(ProblemKind.OVERLOADED, failure, overloaded.retryAfter());
            case StoreException.Conflict _ ->
                    ProblemException.of(ProblemKind.CONFLICT, said(failure));
            case StoreException.Forgotten _ ->
                    ProblemException.of(ProblemKind.FORGOTTEN, said(failure));
            case StoreException.NotFound _ ->
                    ProblemException.of(ProblemKind.NOT_FOUND, said(failure));
            case StoreException.Corrupt _ -> {
                LOG.error("a store is corrupt: {}", failure.getMessage());
                LOG.debug("that was met here", failure);
                yield ProblemException.of(ProblemKind.INTERNAL, said(failure));
            }
        };
    }

    private static ProblemException of(HttpResponseException failure) {
        var kind =
                switch (failure.getStatus()) {
                    case 404 -> ProblemKind.NOT_FOUND;
                    case 405 -> ProblemKind.METHOD_NOT_ALLOWED;
                    case 413 -> ProblemKind.TOO_LARGE;
                    default -> ProblemKind.BAD_REQUEST;
                };
        return ProblemException.of(kind, said(failure));
    }

    private static ProblemException retriable(
            ProblemKind kind, StoreException failure, Duration retryAfter) {
        return new ProblemException(ProblemBody.of(kind, said(failure)), Optional.of(retryAfter));
    }

    private static void answer(Context ctx, ProblemException failure) {
        var problem = failure.problem();
        headers(failure).forEach(ctx::header);
        ctx.status(problem.status()).contentType(CONTENT_TYPE).result(WireJson.write(problem));
    }

    static Map<String, String> headers(ProblemException failure) {
        return failure.retryAfter()
                .map(wait -> Map.of("Retry-After", Long.toString(wholeSeconds(wait))))
                .orElse(Map.of());
    }

    private static long wholeSeconds(Duration wait) {
        return Math.max(1, wait.plusMillis(999).toSeconds());
    }

    /// The caller went away, or sent less than was announced.
    private static void unreadable(IOException failure, Context ctx) {
        if (!(failure instanceof EofException || failure instanceof EOFException)) {
            LOG.debug("a body could not be read", failure);
        }
        answer(ctx, ProblemException.of(ProblemKind.BAD_REQUEST, "the body ended too early"));
    }

    private static void unforeseen(Exception failure, Context ctx) {
        LOG.error("{} {} failed", ctx.method(), ctx.path(), failure);
        answer(
                ctx,
                ProblemException.of(ProblemKind.INTERNAL, "the server failed; its log says how"));
    }

    private static String said(Exception failure) {
        return String.valueOf(failure.getMessage());
    }
}
