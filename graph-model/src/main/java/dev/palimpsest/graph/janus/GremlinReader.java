package dev.palimpsest.graph.janus;

import com.sleepycat.je.DatabaseException;
import dev.palimpsest.port.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.tinkerpop.gremlin.process.traversal.Traversal;
import org.apache.tinkerpop.gremlin.process.traversal.TraversalStrategies;
import org.apache.tinkerpop.gremlin.process.traversal.dsl.graph.GraphTraversalSource;
import org.janusgraph.core.JanusGraphException;
import org.jspecify.annotations.Nullable;

/// Answers Gremlin text: reading only, one space, within limits. Safe for use by many threads.
///
/// The text is parsed by Gremlin's own grammar, never by Groovy; what it may do is a list of steps,
/// checked to the bottom before anything runs. What it can see is a [SnapshotGraph], which holds
/// nothing else.
public final class GremlinReader {

    private final JanusGraphStore store;
    private final NodeNumbers nodes;
    private final Limits limits;

    public GremlinReader(JanusGraphStore store, NodeNumbers nodes, Limits limits) {
        this.store = store;
        this.nodes = nodes;
        this.limits = limits;
    }

    /// How much one text may ask for.
    ///
    /// @param results more are cut off
    /// @param time longer is refused
    /// @param steps how many times anything may pass a step; what has many parts, or is a long
    ///   text, counts as often as it has parts, or 64 characters
    public record Limits(int results, Duration time, long steps) {

        public static final Limits USUAL = new Limits(1_000, Duration.ofSeconds(10), 5_000_000);
    }

    /// What a traversal found.
    ///
    /// @param values made of what JSON is made of, see [GremlinValues]; may hold null
    /// @param truncated whether there was more than the limit
    public record Found(List<@Nullable Object> values, boolean truncated) {}

    /// @throws IllegalArgumentException if `text` is no Gremlin, does what is not allowed, or asks
    ///   for too much; the message says what to do
    /// @throws StoreException if the graph cannot answer now
    public Found ask(GraphView view, String text) {
        return store.read(
                nodes,
                view,
                () -> Budget.of(limits.time(), limits.steps()),
                graph -> ask(graph, text));
    }

    private Found ask(SnapshotGraph graph, String text) {
        var budget = graph.budget();
        var source =
                new GraphTraversalSource(
                        graph,
                        TraversalStrategies.GlobalCache.getStrategies(SnapshotGraph.class)
                                .clone()
                                .addStrategies(new GuardStrategy(budget)));
        try {
            return collect(GremlinText.parse(text, budget).on(source), new GremlinValues(budget));
        } catch (IllegalArgumentException
                | StoreException
                | JanusGraphException
                | DatabaseException e) {
            throw e;
        } catch (ClassCastException | ArithmeticException | NullPointerException e) {
            throw new IllegalArgumentException(
                    "the traversal fails: a step meets a value of a kind it cannot work with, such"
                            + " as a text where sum() wants numbers; let only fitting values"
                            + " through",
                    e);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("the traversal fails: " + e.getMessage(), e);
        } catch (StackOverflowError e) {
            throw new IllegalArgumentException("the traversal nests too deeply: split it", e);
        }
    }

    private Found collect(Traversal<?, ?> traversal, GremlinValues values) {
        var found = new ArrayList<@Nullable Object>();
        while (traversal.hasNext()) {
            if (found.size() == limits.results()) {
                return new Found(found, true);
            }
            found.add(values.plain(traversal.next()));
        }
        return new Found(found, false);
    }
}
