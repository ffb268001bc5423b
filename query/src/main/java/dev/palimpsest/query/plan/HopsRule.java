package dev.palimpsest.query.plan;

import dev.palimpsest.query.index.adjacency.Reach;
import dev.palimpsest.query.index.lucene.Filter;
import dev.palimpsest.query.index.lucene.NodeSet;
import dev.palimpsest.question.Kind;
import java.util.Collection;
import java.util.OptionalInt;

/// `where.hops`: an entity other than the start that is near enough in the graph; a fact about or
/// to one that is, the start included; a memory that mentions one.
public final class HopsRule implements Rule {

    private final long start;
    private final Reach reach;
    private final NodeSet reached;

    HopsRule(View view, long start, int hops) {
        this.start = start;
        this.reach =
                view.trace()
                        .step(
                                "hops",
                                () ->
                                        view.adjacency()
                                                .within(
                                                        view.space(),
                                                        start,
                                                        hops,
                                                        view.time().ofOtherFacts(),
                                                        view.at()),
                                found -> found.nodes().length);
        this.reached = NodeSet.of(reach.nodes());
    }

    @Override
    public Filter filter(Kind kind) {
        return switch (kind) {
            case ENTITY -> new Filter.Nodes(Filter.Role.SELF, reached.without(NodeSet.of(start)));
            case FACT ->
                    Filter.any(
                            new Filter.Nodes(Filter.Role.SELF, reached),
                            new Filter.Nodes(Filter.Role.OBJECT, reached));
            case MEMORY -> new Filter.Nodes(Filter.Role.MENTIONED, reached);
        };
    }

    /// How far the nearest of these nodes is; empty if none is within reach.
    public OptionalInt distance(Collection<Long> nodes) {
        return nodes.stream().flatMapToInt(node -> reach.distance(node).stream()).min();
    }

    /// Whether a walk met a limit.
    public boolean truncated() {
        return reach.truncated();
    }
}
