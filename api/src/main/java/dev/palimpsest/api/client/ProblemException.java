package dev.palimpsest.api.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;

/// Why a server did not do what a client asked, in one line.
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final int BAD_REQUEST = 400;
    private static final int INVALID = 422;

    private final int status;

    private ProblemException(int status, String message, Throwable cause) {
        super(message, cause);
        this.status = status;
    }

    private ProblemException(int status, String message) {
        super(message);
        this.status = status;
    }

    /// The problem a server sent (RFC 9457).
    static ProblemException of(int status, JsonNode problem) {
        var detail = problem.path("detail").asText("");
        return new ProblemException(
                status,
                detail.isEmpty()
                        ? problem.path("title").asText("the server answered " + status)
                        : detail);
    }

    static ProblemException unreachable(URI base, Exception cause) {
        return new ProblemException(
                0,
                "no answer from "
                        + base
                        + ": "
                        + cause.getClass().getSimpleName()
                        + (cause.getMessage() == null ? "" : " (" + cause.getMessage() + ")"),
                cause);
    }

    /// Whether the question itself breaks a rule, so that asking again is no use.
    public boolean isAboutWhatWasAsked() {
        return status == BAD_REQUEST || status == INVALID;
    }

    /// The HTTP status; 0 if there was no answer.
    public int status() {
        return status;
    }
}
