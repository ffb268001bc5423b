package dev.palimpsest.graph.janus;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.tinkerpop.gremlin.structure.Direction;
import org.apache.tinkerpop.gremlin.structure.Edge;
import org.apache.tinkerpop.gremlin.structure.Element;
import org.apache.tinkerpop.gremlin.structure.Graph;
import org.apache.tinkerpop.gremlin.structure.Property;
import org.apache.tinkerpop.gremlin.structure.Vertex;
import org.apache.tinkerpop.gremlin.structure.util.StringFactory;
import org.janusgraph.core.JanusGraphEdge;
import org.jspecify.annotations.Nullable;

/// A version of a fact whose object is an entity, or that a memory mentions an entity, as a
/// snapshot shows it.
final class SnapshotEdge implements Edge {

    private final SnapshotGraph graph;
    private final JanusGraphEdge edge;
    private final SnapshotFact fact;
    private final String label;
    private @Nullable String id;
    private @Nullable Map<String, Object> attributes;

    private SnapshotEdge(SnapshotGraph graph, JanusGraphEdge edge, SnapshotFact fact) {
        this.graph = graph;
        this.edge = edge;
        this.fact = fact;
        this.label = GraphNames.predicate(graph.view().space(), edge.label());
    }

    static Optional<SnapshotEdge> visible(SnapshotGraph graph, JanusGraphEdge edge) {
        var fact = new SnapshotFact(edge);
        return fact.isSeenBy(graph.view())
                ? Optional.of(new SnapshotEdge(graph, edge, fact))
                : Optional.empty();
    }

    /// The same for the same edge in every rebuild of the graph: its version; of a mention, which
    /// is no fact, the row of the memory and what it mentions.
    @Override
    public String id() {
        String known = id;
        if (known == null) {
            String version = fact.version().map(Object::toString).orElse("");
            known = isMention() ? version + ":" + end(Direction.IN).id() : version;
            id = known;
        }
        return known;
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public Graph graph() {
        return graph;
    }

    @Override
    public Iterator<Vertex> vertices(Direction direction) {
        return switch (direction) {
            case OUT -> List.<Vertex>of(end(Direction.OUT)).iterator();
            case IN -> List.<Vertex>of(end(Direction.IN)).iterator();
            case BOTH -> List.<Vertex>of(end(Direction.OUT), end(Direction.IN)).iterator();
        };
    }

    SnapshotVertex end(Direction direction) {
        graph.budget().spend();
        return SnapshotVertex.endOfEdge(graph, edge.vertex(direction));
    }

    @Override
    public <V> Iterator<Property<V>> properties(String... keys) {
        Map<String, Object> known = attributes;
        if (known == null) {
            known = fact.attributes();
            attributes = known;
        }
        return SnapshotProperty.of(this, known, keys);
    }

    private boolean isMention() {
        return !edge.property(GraphNames.FACT).isPresent();
    }

    @Override
    public <V> Property<V> property(String key, V value) {
        throw Element.Exceptions.propertyAdditionNotSupported();
    }

    @Override
    public void remove() {
        throw Edge.Exceptions.edgeRemovalNotSupported();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SnapshotEdge that && edge.equals(that.edge);
    }

    @Override
    public int hashCode() {
        return edge.hashCode();
    }

    @Override
    public String toString() {
        return StringFactory.edgeString(this);
    }
}
