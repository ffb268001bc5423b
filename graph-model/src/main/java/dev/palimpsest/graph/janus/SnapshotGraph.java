package dev.palimpsest.graph.janus;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.MemoryId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.commons.configuration2.BaseConfiguration;
import org.apache.commons.configuration2.Configuration;
import org.apache.tinkerpop.gremlin.process.computer.GraphComputer;
import org.apache.tinkerpop.gremlin.process.traversal.TraversalStrategies;
import org.apache.tinkerpop.gremlin.structure.Direction;
import org.apache.tinkerpop.gremlin.structure.Edge;
import org.apache.tinkerpop.gremlin.structure.Element;
import org.apache.tinkerpop.gremlin.structure.Graph;
import org.apache.tinkerpop.gremlin.structure.Transaction;
import org.apache.tinkerpop.gremlin.structure.Vertex;
import org.janusgraph.core.JanusGraphTransaction;
import org.janusgraph.core.JanusGraphVertex;
import org.janusgraph.graphdb.idmanagement.IDManager;

/// One space of the graph as it was known at one position, read-only: a graph of its own, in which
/// nothing else exists.
///
/// Every step of Gremlin reads through the elements of this graph, so each sees the same truth
/// however it is nested, and no strategy that a caller leaves out lets it see more. Ids are the
/// caller's own: of an entity its id, of an edge or property the id of the fact's version.
///
/// Holds a transaction: close it. For one thread.
final class SnapshotGraph implements Graph {

    static {
        TraversalStrategies.GlobalCache.registerStrategies(
                SnapshotGraph.class,
                TraversalStrategies.GlobalCache.getStrategies(Graph.class)
                        .clone()
                        .addStrategies(SnapshotStartStrategy.instance()));
    }

    private final JanusGraphTransaction transaction;
    private final IDManager ids;
    private final GraphSchema schema;
    private final NodeNumbers nodes;
    private final GraphView view;
    private final Budget budget;

    SnapshotGraph(Source source, NodeNumbers nodes, GraphView view, Budget budget) {
        this.transaction = source.transaction();
        this.ids = source.ids();
        this.schema = source.schema();
        this.nodes = nodes;
        this.view = view;
        this.budget = budget;
    }

    /// What a snapshot reads from.
    record Source(JanusGraphTransaction transaction, IDManager ids, GraphSchema schema) {}

    /// The vertices of these ids, or without any all entities; memories only by id or label.
    @Override
    public Iterator<Vertex> vertices(Object... wanted) {
        return wanted.length == 0 ? labelled(schema.entityLabels()) : byIds(List.of(wanted));
    }

    /// The vertices that have one of these labels now or had it once; the caller sorts out which.
    Iterator<Vertex> labelled(List<String> names) {
        var seen = new HashSet<Object>();
        return names.stream()
                .filter(schema::isEntityLabel)
                .flatMap(name -> stream(ofKind(name)))
                .filter(vertex -> seen.add(vertex.id()))
                .map(this::vertex)
                .flatMap(Optional::stream)
                .map(Vertex.class::cast)
                .iterator();
    }

    Iterator<Vertex> byIds(List<?> wanted) {
        var found = new LinkedHashSet<Vertex>();
        for (Object id : wanted) {
            Object named = id instanceof Element element ? element.id() : id;
            byName(String.valueOf(named)).ifPresent(found::add);
        }
        return found.iterator();
    }

    /// The edges of these version ids, or all. There is no index of edges: this walks the space.
    @Override
    public Iterator<Edge> edges(Object... wanted) {
        Set<String> names = new HashSet<>();
        for (Object id : wanted) {
            names.add(String.valueOf(id instanceof Element element ? element.id() : id));
        }
        var starts = new ArrayList<>(schema.entityLabels());
        starts.add(GraphNames.MEMORY_LABEL);
        return stream(labelled(starts))
                .flatMap(vertex -> stream(vertex.edges(Direction.OUT)))
                .filter(edge -> names.isEmpty() || names.contains(edge.id()))
                .iterator();
    }

    GraphView view() {
        return view;
    }

    GraphSchema schema() {
        return schema;
    }

    Budget budget() {
        return budget;
    }

    private static <T> Stream<T> stream(Iterator<? extends T> iterator) {
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(iterator, Spliterator.ORDERED), false);
    }

    private Iterator<JanusGraphVertex> ofKind(String label) {
        return transaction
                .query()
                .has(GraphNames.SPACE, view.space().value())
                .has(GraphNames.KIND, label)
                .vertices()
                .iterator();
    }

    private Optional<SnapshotVertex> byName(String id) {
        if (id.isBlank() || id.length() > LONGEST_NAME) {
            return Optional.empty();
        }
        var entity = byNode(nodes.entity(view.space(), new EntityId(id)));
        return entity.isPresent() ? entity : byNode(nodes.memory(view.space(), new MemoryId(id)));
    }

    private Optional<SnapshotVertex> byNode(OptionalLong node) {
        if (node.isEmpty()) {
            return Optional.empty();
        }
        JanusGraphVertex found = transaction.getVertex(ids.toVertexId(node.getAsLong()));
        return found == null ? Optional.empty() : vertex(found);
    }

    private Optional<SnapshotVertex> vertex(JanusGraphVertex vertex) {
        budget.spend();
        return SnapshotVertex.visible(this, vertex);
    }

    @Override
    public void close() {
        transaction.rollback();
    }

    @Override
    public Vertex addVertex(Object... keyValues) {
        throw Graph.Exceptions.vertexAdditionsNotSupported();
    }

    @Override
    public <C extends GraphComputer> C compute(Class<C> computer) {
        throw Graph.Exceptions.graphComputerNotSupported();
    }

    @Override
    public GraphComputer compute() {
        throw Graph.Exceptions.graphComputerNotSupported();
    }

    @Override
    public Transaction tx() {
        throw Graph.Exceptions.transactionsNotSupported();
    }

    @Override
    public Variables variables() {
        throw Graph.Exceptions.variablesNotSupported();
    }

    @Override
    public Configuration configuration() {
        return new BaseConfiguration();
    }

    @Override
    public String toString() {
        return "snapshot of " + view.space() + " at " + view.at().number();
    }

    private static final int LONGEST_NAME = 200;
}
