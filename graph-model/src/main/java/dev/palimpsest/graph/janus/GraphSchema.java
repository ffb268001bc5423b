package dev.palimpsest.graph.janus;

import dev.palimpsest.model.ObjectKind;
import dev.palimpsest.model.SpaceId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.tinkerpop.gremlin.structure.Vertex;
import org.janusgraph.core.Cardinality;
import org.janusgraph.core.EdgeLabel;
import org.janusgraph.core.JanusGraph;
import org.janusgraph.core.Multiplicity;
import org.janusgraph.core.PropertyKey;
import org.janusgraph.core.VertexLabel;
import org.janusgraph.core.schema.JanusGraphManagement;
import org.janusgraph.graphdb.types.StandardEdgeLabelMaker;

/// Which names the graph has, and what they are. Names come to be when a fact first needs them, and
/// never go. One thread adds; any may read.
final class GraphSchema {

    /// Bookkeeping keys and their types; they lie on disk.
    private static final Map<String, Class<?>> KEYS =
            Map.ofEntries(
                    Map.entry(GraphNames.SPACE, String.class),
                    Map.entry(GraphNames.ENTITY, String.class),
                    Map.entry(GraphNames.MEMORY, String.class),
                    Map.entry(GraphNames.OCCURRED, Long.class),
                    Map.entry(GraphNames.FACT, UUID.class),
                    Map.entry(GraphNames.VERSION, UUID.class),
                    Map.entry(GraphNames.VALID_FROM, Long.class),
                    Map.entry(GraphNames.VALID_UNTIL, Long.class),
                    Map.entry(GraphNames.UNKNOWN_END, Boolean.class),
                    Map.entry(GraphNames.FROM_POSITION, Long.class),
                    Map.entry(GraphNames.UNTIL_POSITION, Long.class),
                    Map.entry(GraphNames.RECORDED_FROM, Long.class),
                    Map.entry(GraphNames.RECORDED_UNTIL, Long.class),
                    Map.entry(GraphNames.CONFIDENCE, Double.class),
                    Map.entry(GraphNames.STRENGTH, Double.class),
                    Map.entry(GraphNames.DELAY, Double.class),
                    Map.entry(GraphNames.DELAY_DEVIATION, Double.class),
                    Map.entry(GraphNames.STATEMENT, String.class),
                    Map.entry(GraphNames.EXACT, String.class),
                    Map.entry(GraphNames.EPOCH, UUID.class),
                    Map.entry(GraphNames.POSITION, Long.class),
                    Map.entry(GraphNames.HIGHEST, Long.class),
                    Map.entry(GraphNames.LAYOUT, Integer.class));

    private final JanusGraph graph;
    private final Map<String, Shape> shapes = new ConcurrentHashMap<>();
    private final Set<String> labels = ConcurrentHashMap.newKeySet();

    private GraphSchema(JanusGraph graph) {
        this.graph = graph;
    }

    /// A predicate as a batch of rows uses it.
    record Use(SpaceId space, String predicate, ObjectKind kind) {}

    /// Reads the names of a graph, making ours if it is new.
    static GraphSchema of(JanusGraph graph) {
        var schema = new GraphSchema(graph);
        var management = graph.openManagement();
        try {
            if (management.containsPropertyKey(GraphNames.LAYOUT)) {
                schema.read(management);
                management.rollback();
            } else {
                schema.make(management);
                management.commit();
            }
        } catch (RuntimeException e) {
            undo(management, e);
            throw e;
        }
        return schema;
    }

    /// One that failed to commit says that it is open, and refuses to be rolled back.
    private static void undo(JanusGraphManagement management, RuntimeException failure) {
        try {
            if (management.isOpen()) {
                management.rollback();
            }
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    /// Makes what `uses` and the labels of `types` need and the graph does not have yet.
    void prepare(Collection<Use> uses, Collection<String> types) {
        var missing = new LinkedHashMap<String, Shape>();
        for (Use use : uses) {
            String name = nameOf(use, missing);
            if (!shapes.containsKey(name)) {
                missing.put(name, Shape.of(use.kind()));
            }
        }
        var newLabels = types.stream().filter(label -> !labels.contains(label)).distinct().toList();
        if (missing.isEmpty() && newLabels.isEmpty()) {
            return;
        }
        var management = graph.openManagement();
        try {
            missing.forEach((name, shape) -> make(management, name, shape));
            newLabels.forEach(label -> management.makeVertexLabel(label).make());
            management.commit();
        } catch (RuntimeException e) {
            undo(management, e);
            throw e;
        }
        shapes.putAll(missing);
        labels.addAll(newLabels);
    }

    /// The name of a predicate that [#prepare] has seen.
    String name(SpaceId space, String predicate, ObjectKind kind) {
        return nameOf(new Use(space, predicate, kind), Map.of());
    }

    /// The names under which facts of `predicate` with a literal object may lie on vertices of
    /// `space`.
    List<String> keys(SpaceId space, String predicate) {
        return namesOf(space, predicate, false);
    }

    /// The names under which facts of `predicate` with an entity as object may lie.
    List<String> edgeLabels(SpaceId space, String predicate) {
        return namesOf(space, predicate, true);
    }

    /// The labels of entities; not that of memories.
    List<String> entityLabels() {
        return labels.stream()
                .filter(label -> !label.equals(GraphNames.MEMORY_LABEL))
                .sorted()
                .toList();
    }

    boolean isEntityLabel(String label) {
        return labels.contains(label);
    }

    private List<String> namesOf(SpaceId space, String predicate, boolean edges) {
        var names = new ArrayList<String>();
        for (Shape shape : Shape.values()) {
            if (shape.isEdge() == edges) {
                for (String name : GraphNames.candidates(space, predicate, shape)) {
                    Shape found = shapes.get(name);
                    if (found != null && found.isEdge() == edges && !names.contains(name)) {
                        names.add(name);
                    }
                }
            }
        }
        return names;
    }

    /// The first of the names it may have that is free or has its shape already.
    private String nameOf(Use use, Map<String, Shape> planned) {
        Shape shape = Shape.of(use.kind());
        for (String name : GraphNames.candidates(use.space(), use.predicate(), shape)) {
            Shape found = shapes.getOrDefault(name, planned.getOrDefault(name, shape));
            if (found == shape) {
                return name;
            }
        }
        throw new IllegalStateException("every name for " + use + " is taken");
    }

    private static void make(JanusGraphManagement management, String name, Shape shape) {
        if (shape.isEdge()) {
            makeEdgeLabel(management, name);
        } else {
            management
                    .makePropertyKey(name)
                    .dataType(shape.dataType())
                    .cardinality(Cardinality.LIST)
                    .make();
        }
    }

    // JanusGraph copies an edge with all it carries into each of its indexes: this has none, but
    // lies itself in the order of such an index. What every edge carries is written without saying
    // what it is.
    private static void makeEdgeLabel(JanusGraphManagement management, String name) {
        var maker = (StandardEdgeLabelMaker) management.makeEdgeLabel(name);
        maker.multiplicity(Multiplicity.MULTI)
                .sortKey(management.getPropertyKey(GraphNames.UNTIL_POSITION))
                .signature(
                        FactProperties.EVERY.stream()
                                .map(management::getPropertyKey)
                                .toArray(PropertyKey[]::new))
                .make();
    }

    private void make(JanusGraphManagement management) {
        KEYS.forEach((name, type) -> management.makePropertyKey(name).dataType(type).make());
        PropertyKey kind =
                management
                        .makePropertyKey(GraphNames.KIND)
                        .dataType(String.class)
                        .cardinality(Cardinality.LIST)
                        .make();
        management
                .buildIndex("bySpaceAndKind", Vertex.class)
                .addKey(management.getPropertyKey(GraphNames.SPACE))
                .addKey(kind)
                .buildCompositeIndex();
        for (String label : List.of(GraphNames.MEMORY_LABEL, GraphNames.CHECKPOINT_LABEL)) {
            management.makeVertexLabel(label).make();
        }
        labels.add(GraphNames.MEMORY_LABEL);
        make(management, GraphNames.MENTIONS, Shape.EDGE);
        shapes.put(GraphNames.MENTIONS, Shape.EDGE);
    }

    private void read(JanusGraphManagement management) {
        for (PropertyKey key : management.getRelationTypes(PropertyKey.class)) {
            if (!GraphNames.BOOKKEEPING.contains(key.name())) {
                shapes.put(key.name(), Shape.ofDataType(key.dataType()));
            }
        }
        for (EdgeLabel label : management.getRelationTypes(EdgeLabel.class)) {
            shapes.put(label.name(), Shape.EDGE);
        }
        for (VertexLabel label : management.getVertexLabels()) {
            if (!label.name().equals(GraphNames.CHECKPOINT_LABEL)) {
                labels.add(label.name());
            }
        }
    }
}
