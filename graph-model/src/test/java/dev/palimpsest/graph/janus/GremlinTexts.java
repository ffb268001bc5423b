package dev.palimpsest.graph.janus;

import java.time.Duration;
import org.apache.tinkerpop.gremlin.process.traversal.dsl.graph.GraphTraversalSource;
import org.apache.tinkerpop.gremlin.structure.util.empty.EmptyGraph;

/// Gremlin text as it is looked at before it runs, for the tests of other rooms.
public final class GremlinTexts {

    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final long MOST_STEPS = 5_000_000;

    private GremlinTexts() {}

    /// @throws IllegalArgumentException if it would be refused
    public static void check(String text) {
        var source = new GraphTraversalSource(EmptyGraph.instance());
        try {
            var _ = GremlinText.parse(text, Budget.of(LONGEST, MOST_STEPS)).on(source);
        } catch (IllegalArgumentException e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            throw new IllegalArgumentException("the reader tells of it as of bad input", e);
        }
    }
}
