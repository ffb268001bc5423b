package dev.palimpsest.query.index.adjacency;

import dev.palimpsest.cause.NodeMarks;
import dev.palimpsest.model.RowId;
import java.util.Map;
import java.util.Optional;

/// What lies on chains of causes, and how strong the best chain is that each is on.
public final class OnChains {

    private final long[] nodes;
    private final Grade[] grades;
    private final NodeMarks places = new NodeMarks();
    private final Map<RowId, Grade> facts;
    private final boolean truncated;

    /// @param strength of the best chain
    /// @param links how many it has
    public record Grade(double strength, int links) {}

    OnChains(long[] nodes, Grade[] grades, Map<RowId, Grade> facts, boolean truncated) {
        this.nodes = nodes.clone();
        this.grades = grades.clone();
        this.facts = Map.copyOf(facts);
        this.truncated = truncated;
        for (int place = 0; place < nodes.length; place++) {
            places.put(Math.toIntExact(nodes[place]), place);
        }
    }

    static OnChains none() {
        return new OnChains(new long[0], new Grade[0], Map.of(), false);
    }

    /// The entities.
    public long[] nodes() {
        return nodes.clone();
    }

    /// Versions of causal facts; none if they were not asked for.
    public Map<RowId, Grade> facts() {
        return facts;
    }

    public Optional<Grade> of(long node) {
        int place = places.get(Math.toIntExact(node));
        return place == NodeMarks.NONE ? Optional.empty() : Optional.of(grades[place]);
    }

    /// Whether a limit was met, so that more may lie on chains.
    public boolean truncated() {
        return truncated;
    }
}
