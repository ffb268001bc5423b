package dev.palimpsest.graph.janus;

import java.util.Collection;
import java.util.Map;
import org.apache.tinkerpop.gremlin.process.traversal.Path;
import org.apache.tinkerpop.gremlin.process.traversal.Traversal;
import org.apache.tinkerpop.gremlin.process.traversal.Traverser;
import org.apache.tinkerpop.gremlin.process.traversal.step.filter.FilterStep;
import org.jspecify.annotations.Nullable;

/// Lets everything pass, and spends from the request's budget: it ends a traversal that takes too
/// long or makes a value too large, without ever interrupting a thread.
final class GuardStep<S> extends FilterStep<S> {

    private static final long serialVersionUID = 1L;

    private static final int LONGEST_TEXT = 65_536;
    private static final int MOST_PARTS = 100_000;
    private static final int DEEPEST = 100;

    /// Traversers at one place are counted in bulk: at most so many, so that the sum over all that
    /// a budget lets through is still a number.
    private static final long MOST_IN_BULK = 1L << 40;

    private final transient Budget budget;

    GuardStep(Traversal.Admin<?, ?> traversal, Budget budget) {
        super(traversal);
        this.budget = budget;
    }

    @Override
    protected boolean filter(Traverser.Admin<S> traverser) {
        if (traverser.bulk() > MOST_IN_BULK || traverser.bulk() < 0) {
            throw new IllegalArgumentException(
                    "more than "
                            + MOST_IN_BULK
                            + " ways lead to one place: go fewer steps, or add dedup()");
        }
        // Values can share their parts, so that they double with every loop: none may be looked
        // at as a whole, nor hashed, before it was measured.
        int parts = parts(traverser.get(), 0, 0);
        if (parts > MOST_PARTS) {
            throw new IllegalArgumentException(
                    "a value has more than " + MOST_PARTS + " parts: add limit(n) before it");
        }
        budget.spend(parts);
        return true;
    }

    private static int parts(@Nullable Object value, int before, int depth) {
        if (depth > DEEPEST) {
            throw new IllegalArgumentException("a value nests deeper than " + DEEPEST);
        }
        return switch (value) {
            case String text -> before + textParts(text);
            case Path path -> partsOfAll(path.objects(), before, depth);
            case Collection<?> many -> partsOfAll(many, before, depth);
            case Map<?, ?> map ->
                    partsOfAll(map.values(), partsOfAll(map.keySet(), before, depth), depth);
            case Map.Entry<?, ?> entry ->
                    parts(entry.getValue(), parts(entry.getKey(), before, depth + 1), depth + 1);
            case null, default -> before + 1;
        };
    }

    private static int partsOfAll(Iterable<?> values, int before, int depth) {
        int parts = before + 1;
        for (Object value : values) {
            if (parts > MOST_PARTS) {
                return parts;
            }
            parts = parts(value, parts, depth + 1);
        }
        return parts;
    }

    private static int textParts(String text) {
        if (text.length() > LONGEST_TEXT) {
            throw new IllegalArgumentException(
                    "a text grew longer than " + LONGEST_TEXT + " characters");
        }
        return 1 + text.length() / 64;
    }
}
