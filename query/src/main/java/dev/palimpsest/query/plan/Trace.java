package dev.palimpsest.query.plan;

import dev.palimpsest.port.Deadline;
import dev.palimpsest.question.Answer.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/// What was done for one question, step by step, with rows and time. Belongs to one thread.
public final class Trace {

    /// What an estimate is when nobody made one.
    public static final long UNKNOWN = -1;

    private static final double NANOS_PER_MILLISECOND = 1e6;

    private final boolean estimating;
    private final Deadline deadline;
    private final List<Step> steps = new ArrayList<>();

    /// @param estimating whether estimates are worth their time
    /// @param deadline looked at before each step
    public Trace(boolean estimating, Deadline deadline) {
        this.estimating = estimating;
        this.deadline = deadline;
    }

    /// When the question is given up.
    public Deadline deadline() {
        return deadline;
    }

    public <T> T step(String name, Supplier<T> work, ToLongFunction<T> rows) {
        return step(name, () -> UNKNOWN, work, rows);
    }

    public <T> T step(
            String name, LongSupplier estimate, Supplier<T> work, ToLongFunction<T> rows) {
        deadline.check();
        long estimated = estimating ? estimate.getAsLong() : UNKNOWN;
        long start = System.nanoTime();
        var result = work.get();
        double milliseconds = (System.nanoTime() - start) / NANOS_PER_MILLISECOND;
        steps.add(new Step(name, estimated, rows.applyAsLong(result), milliseconds));
        return result;
    }

    public List<Step> steps() {
        return List.copyOf(steps);
    }
}
