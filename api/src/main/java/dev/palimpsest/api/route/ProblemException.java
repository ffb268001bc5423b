package dev.palimpsest.api.route;

import dev.palimpsest.api.wire.ProblemBody;
import dev.palimpsest.api.wire.ProblemKind;
import java.time.Duration;
import java.util.Optional;

/// A request that cannot be answered as was asked, with the problem its caller gets.
final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ProblemBody problem;
    private final transient Optional<Duration> retryAfter;

    ProblemException(ProblemBody problem, Optional<Duration> retryAfter) {
        super(problem.detail());
        this.problem = problem;
        this.retryAfter = retryAfter;
    }

    static ProblemException of(ProblemKind kind, String detail) {
        return new ProblemException(ProblemBody.of(kind, detail), Optional.empty());
    }

    static ProblemException of(ProblemBody problem) {
        return new ProblemException(problem, Optional.empty());
    }

    ProblemBody problem() {
        return problem;
    }

    /// After how long it may be tried again; empty if that is no use.
    Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
