package dev.palimpsest.api.wire;

import java.util.Locale;

/// What can go wrong with a request, each with its HTTP status.
public enum ProblemKind {
    NOT_JSON(400, "The body is not JSON"),
    BAD_REQUEST(400, "The request cannot be read"),
    UNAUTHORIZED(401, "A valid key is needed"),
    FORBIDDEN(403, "The key does not allow this"),
    FOREIGN_ORIGIN(403, "Web pages of other origins may not do this"),
    NOT_FOUND(404, "There is no such thing"),
    METHOD_NOT_ALLOWED(405, "This path does not take this method"),
    CONFLICT(409, "What was sent does not fit what is held"),
    FORGOTTEN(410, "It was forgotten, and is not taken in again"),
    TOO_LARGE(413, "The body is too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "The body must be JSON"),
    FOREIGN_HOST(421, "This server does not answer for that host"),
    INVALID(422, "What was sent breaks a rule"),
    KEY_REUSED(422, "The Idempotency-Key was used for another body"),
    NOT_TRIED(424, "Another item of the same request was refused"),
    OVERLOADED(429, "More is asked than can be done now"),
    TOO_OFTEN(429, "The key asks more often than it may"),
    HEAD_TOO_LARGE(431, "The head of the request is too large"),
    INTERNAL(500, "The server failed"),
    TOO_SLOW(503, "This takes too long to answer"),
    UNAVAILABLE(503, "This cannot be answered now");

    private final int status;
    private final String title;

    ProblemKind(int status, String title) {
        this.status = status;
        this.title = title;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /// Where on this server the kind is explained.
    public String type() {
        return "/docs#problem-" + word();
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
