package dev.palimpsest.graph.janus;

import dev.palimpsest.model.SpaceId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.tinkerpop.gremlin.structure.Direction;
import org.apache.tinkerpop.gremlin.structure.Edge;
import org.apache.tinkerpop.gremlin.structure.Vertex;
import org.apache.tinkerpop.gremlin.structure.VertexProperty;
import org.apache.tinkerpop.gremlin.structure.util.StringFactory;
import org.janusgraph.core.JanusGraphEdge;
import org.janusgraph.core.JanusGraphVertex;
import org.janusgraph.core.JanusGraphVertexProperty;
import org.janusgraph.core.attribute.Cmp;
import org.jspecify.annotations.Nullable;

/// An entity or a memory as a snapshot shows it. Its id is the caller's; the label of an entity is
/// the type it was known to have at the snapshot.
final class SnapshotVertex implements Vertex {

    private final SnapshotGraph graph;
    private final JanusGraphVertex vertex;
    private @Nullable String id;
    private @Nullable String label;

    private SnapshotVertex(SnapshotGraph graph, JanusGraphVertex vertex) {
        this.graph = graph;
        this.vertex = vertex;
    }

    /// `vertex` if it is one of the snapshot's space that was known at its position.
    static Optional<SnapshotVertex> visible(SnapshotGraph graph, JanusGraphVertex vertex) {
        var view = graph.view();
        boolean ours = view.space().value().equals(vertex.property(GraphNames.SPACE).orElse(""));
        boolean known =
                ours
                        && view.knows(
                                vertex.<Long>value(GraphNames.FROM_POSITION),
                                vertex.<Long>property(GraphNames.UNTIL_POSITION)
                                        .orElse(Long.MAX_VALUE));
        return known ? Optional.of(new SnapshotVertex(graph, vertex)) : Optional.empty();
    }

    /// The end of an edge that the snapshot shows: the writer lets no edge leave its space, nor
    /// begin before its ends.
    static SnapshotVertex endOfEdge(SnapshotGraph graph, JanusGraphVertex vertex) {
        return new SnapshotVertex(graph, vertex);
    }

    @Override
    public String id() {
        String known = id;
        if (known == null) {
            known =
                    isMemory()
                            ? vertex.value(GraphNames.MEMORY)
                            : vertex.<String>property(GraphNames.ENTITY).orElse("");
            id = known;
        }
        return known;
    }

    @Override
    public String label() {
        String known = label;
        if (known == null) {
            known = GraphNames.type(labelAt(graph.view().at().number()));
            label = known;
        }
        return known;
    }

    private String labelAt(long position) {
        return StreamSupport.stream(
                        vertex.query().keys(GraphNames.KIND).properties().spliterator(), false)
                .filter(kind -> since(kind) <= position)
                .max(Comparator.comparingLong(SnapshotVertex::since))
                .map(kind -> (String) kind.value())
                .orElse(GraphNames.MEMORY_LABEL);
    }

    private static long since(JanusGraphVertexProperty<?> kind) {
        return kind.value(GraphNames.FROM_POSITION);
    }

    @Override
    public SnapshotGraph graph() {
        return graph;
    }

    @Override
    public Iterator<Edge> edges(Direction direction, String... labels) {
        return edgesSeen(direction, labels).map(Edge.class::cast).iterator();
    }

    @Override
    public Iterator<Vertex> vertices(Direction direction, String... labels) {
        return edgesSeen(direction, labels)
                .flatMap(edge -> otherEnds(edge, direction))
                .map(Vertex.class::cast)
                .iterator();
    }

    private Stream<SnapshotVertex> otherEnds(SnapshotEdge edge, Direction direction) {
        if (direction != Direction.BOTH) {
            return Stream.of(edge.end(direction.opposite()));
        }
        var from = edge.end(Direction.OUT);
        return Stream.of(equals(from) ? edge.end(Direction.IN) : from);
    }

    // In the order of their versions' ids, which is the same in every rebuild of the graph.
    private Stream<SnapshotEdge> edgesSeen(Direction direction, String... labels) {
        var names = edgeNames(labels);
        if (labels.length > 0 && names.isEmpty()) {
            return Stream.empty();
        }
        Direction[] directions =
                direction == Direction.BOTH
                        ? new Direction[] {Direction.OUT, Direction.IN}
                        : new Direction[] {direction};
        return Arrays.stream(directions).flatMap(one -> edgesSeen(one, names));
    }

    private Stream<SnapshotEdge> edgesSeen(Direction direction, Collection<String> names) {
        var seen = new ArrayList<SnapshotEdge>();
        Iterable<JanusGraphEdge> edges =
                vertex.query()
                        .direction(direction)
                        .labels(names.toArray(String[]::new))
                        .has(
                                GraphNames.UNTIL_POSITION,
                                Cmp.GREATER_THAN,
                                graph.view().at().number())
                        .edges();
        for (JanusGraphEdge edge : edges) {
            graph.budget().spend();
            SnapshotEdge.visible(graph, edge).ifPresent(seen::add);
        }
        return seen.stream().distinct().sorted(Comparator.comparing(SnapshotEdge::id));
    }

    private List<String> edgeNames(String... labels) {
        SpaceId space = graph.view().space();
        return Arrays.stream(labels)
                .flatMap(label -> graph.schema().edgeLabels(space, label).stream())
                .distinct()
                .toList();
    }

    @Override
    public <V> Iterator<VertexProperty<V>> properties(String... keys) {
        return literals(keys).map(SnapshotVertex::<V>typed).iterator();
    }

    /// Of several, the one that begins to hold last.
    @Override
    public <V> VertexProperty<V> property(String key) {
        return literals(key)
                .reduce((_, last) -> last)
                .map(SnapshotVertex::<V>typed)
                .orElseGet(VertexProperty::empty);
    }

    // Gremlin lets its caller name the type of a value; nobody can check it.
    @SuppressWarnings("unchecked")
    private static <V> VertexProperty<V> typed(SnapshotLiteral<?> literal) {
        return (VertexProperty<V>) literal;
    }

    private Stream<SnapshotLiteral<Object>> literals(String... keys) {
        var found = new ArrayList<SnapshotLiteral<Object>>();
        SpaceId space = graph.view().space();
        var names =
                Arrays.stream(keys)
                        .flatMap(key -> graph.schema().keys(space, key).stream())
                        .distinct()
                        .toArray(String[]::new);
        if (keys.length == 0 || names.length > 0) {
            for (JanusGraphVertexProperty<?> property : vertex.query().keys(names).properties()) {
                graph.budget().spend();
                if (!GraphNames.BOOKKEEPING.contains(property.key())) {
                    SnapshotLiteral.visible(this, space, property).ifPresent(found::add);
                }
            }
        }
        for (String key : keys) {
            ofItself(key).ifPresent(found::add);
        }
        return found.stream().sorted(SnapshotLiteral.ORDER);
    }

    /// `entity` of an entity, `memory` and `occurred` of a memory: told when asked for by name.
    private Optional<SnapshotLiteral<Object>> ofItself(String key) {
        return switch (key) {
            case GraphNames.ENTITY, GraphNames.MEMORY ->
                    key.equals(GraphNames.MEMORY) == isMemory()
                            ? Optional.of(SnapshotLiteral.ofItself(this, key, id()))
                            : Optional.empty();
            case GraphNames.OCCURRED -> {
                var occurred = vertex.<Long>property(GraphNames.OCCURRED);
                yield occurred.isPresent()
                        ? Optional.of(
                                SnapshotLiteral.ofItself(
                                        this, key, SnapshotFact.moment(occurred.value())))
                        : Optional.empty();
            }
            default -> Optional.empty();
        };
    }

    private boolean isMemory() {
        return vertex.property(GraphNames.MEMORY).isPresent();
    }

    @Override
    public Edge addEdge(String edgeLabel, Vertex inVertex, Object... keyValues) {
        throw Vertex.Exceptions.edgeAdditionsNotSupported();
    }

    @Override
    public <V> VertexProperty<V> property(
            VertexProperty.Cardinality cardinality, String key, V value, Object... keyValues) {
        throw VertexProperty.Exceptions.metaPropertiesNotSupported();
    }

    @Override
    public void remove() {
        throw Vertex.Exceptions.vertexRemovalNotSupported();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SnapshotVertex that && vertex.id().equals(that.vertex.id());
    }

    @Override
    public int hashCode() {
        return vertex.id().hashCode();
    }

    @Override
    public String toString() {
        return StringFactory.vertexString(this);
    }
}
