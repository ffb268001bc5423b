package dev.palimpsest.graph.janus;

import java.time.Duration;

/// How long and how far one request may still go. Spent by the thread that runs the request.
final class Budget {

    private static final int CLOCK_EVERY = 64;

    private final Duration time;
    private final long deadline;
    private final long mostSteps;
    private long steps;
    private long spent;

    private Budget(Duration time, long mostSteps) {
        this.time = time;
        this.deadline = System.nanoTime() + time.toNanos();
        this.mostSteps = mostSteps;
    }

    static Budget of(Duration time, long mostSteps) {
        return new Budget(time, mostSteps);
    }

    /// For our own work, whose bounds are its own.
    static Budget ample() {
        return new Budget(Duration.ofDays(1), Long.MAX_VALUE);
    }

    /// One more element or traverser.
    ///
    /// @throws Spent if that is one too many, or too late
    void spend() {
        spend(1);
    }

    /// Something so large: each part counts, for steps such as `order` and `group` keep what
    /// passes.
    void spend(int parts) {
        steps += parts;
        if (steps > mostSteps) {
            throw new Spent(
                    "the traversal took more than "
                            + mostSteps
                            + " steps: start from fewer vertices, or add limit(n)");
        }
        spent++;
        if (spent % CLOCK_EVERY == 0 && System.nanoTime() - deadline > 0) {
            throw new Spent(
                    "the traversal took longer than "
                            + time.toMillis()
                            + " ms: start from fewer vertices, or add limit(n)");
        }
    }

    /// The request asked for more than it may have.
    static final class Spent extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        Spent(String message) {
            super(message);
        }
    }
}
