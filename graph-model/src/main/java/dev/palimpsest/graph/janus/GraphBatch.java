package dev.palimpsest.graph.janus;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.EntityType;
import dev.palimpsest.model.FactVersion;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.model.Value;
import dev.palimpsest.port.Row;
import dev.palimpsest.port.StoreException;
import dev.palimpsest.time.Recorded;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.apache.tinkerpop.gremlin.structure.Direction;
import org.apache.tinkerpop.gremlin.structure.Element;
import org.apache.tinkerpop.gremlin.structure.T;
import org.apache.tinkerpop.gremlin.structure.VertexProperty.Cardinality;
import org.janusgraph.core.JanusGraphTransaction;
import org.janusgraph.core.JanusGraphVertex;
import org.janusgraph.core.JanusGraphVertexProperty;

/// Row images on their way into one transaction. Each is looked for by its version before it is
/// written, unless it was recorded later than anything the graph holds.
final class GraphBatch {

    static final String FIRST_LABEL = GraphNames.label(EntityType.THING);

    /// Since when a vertex has its first label; gone with the entity's first profile.
    private static final long PROVISIONAL = 0;

    private final JanusGraphTransaction transaction;
    private final JanusGraphStore.Opened now;
    private final long knownUpTo;
    private final Map<Long, JanusGraphVertex> vertices = new HashMap<>();
    private long highest;

    GraphBatch(JanusGraphTransaction transaction, JanusGraphStore.Opened now, long knownUpTo) {
        this.transaction = transaction;
        this.now = now;
        this.knownUpTo = knownUpTo;
        this.highest = knownUpTo;
    }

    /// The highest position any row here was recorded at.
    long highest() {
        return highest;
    }

    // Entities first, so that a fact finds the ends it needs; a fact that comes before its entity,
    // as can happen during a scan, makes the vertex, and the entity then completes it.
    void apply(List<Row> rows) {
        for (Row row : rows) {
            if (row instanceof Row.OfEntity entity) {
                add(entity);
            }
        }
        for (Row row : rows) {
            switch (row) {
                case Row.OfProfile profile -> add(profile);
                case Row.OfFact fact -> add(fact);
                case Row.OfMemory memory -> add(memory);
                case Row.OfEntity _, Row.OfPredicate _ -> {}
            }
        }
    }

    private void add(Row.OfEntity row) {
        long made = row.made().position().number();
        var vertex = vertex(row.space(), row.node(), made);
        name(vertex, row.entity());
        if (!vertex.value(GraphNames.FROM_POSITION).equals(made)) {
            vertex.property(GraphNames.FROM_POSITION, made);
        }
    }

    // The types an entity was known to have are all kept, each since a position, so that a snapshot
    // shows the one it had and the index never loses sight of it. The label of the graph itself
    // is the newest, for tools that read the graph without a snapshot.
    private void add(Row.OfProfile row) {
        var recorded = row.profile().recorded();
        long from = noted(recorded);
        var vertex = vertex(row.space(), row.node(), from);
        name(vertex, row.profile().entity());
        String label = GraphNames.label(row.profile().type());
        var kinds =
                StreamSupport.stream(
                                vertex.query().keys(GraphNames.KIND).properties().spliterator(),
                                false)
                        .sorted(Comparator.comparingLong(GraphBatch::since))
                        .toList();
        var before = kinds.stream().filter(kind -> since(kind) <= from).reduce((_, last) -> last);
        if (before.filter(kind -> since(kind) != PROVISIONAL)
                .map(kind -> label.equals(kind.value()))
                .orElse(false)) {
            return;
        }
        kinds.stream()
                .filter(kind -> since(kind) == PROVISIONAL || since(kind) == from)
                .forEach(kind -> kind.remove());
        vertex.property(Cardinality.list, GraphNames.KIND, label, GraphNames.FROM_POSITION, from);
        if (kinds.stream().allMatch(kind -> since(kind) <= from)) {
            VertexLabels.change(transaction, vertex, label);
        }
    }

    private static long since(JanusGraphVertexProperty<?> kind) {
        return kind.value(GraphNames.FROM_POSITION);
    }

    private void add(Row.OfFact row) {
        var version = row.version();
        boolean known = version.recorded().fromPosition() <= knownUpTo;
        long from = noted(version.recorded());
        var subject = vertex(row.space(), row.subjectNode(), from);
        name(subject, version.subject());
        String name =
                now.schema()
                        .name(row.space(), version.predicate().value(), version.object().kind());
        if (version.object() instanceof Value.Entity(EntityId id)) {
            var object = vertex(row.space(), row.objectNode().orElseThrow(), from);
            name(object, id);
            var edges = subject.query().direction(Direction.OUT).labels(name).adjacent(object);
            if (!known || !close(edges.edges(), version.id().value(), version.recorded())) {
                subject.addEdge(name, object, FactProperties.of(version));
            }
        } else {
            var properties = subject.query().keys(name);
            if (!known
                    || !close(properties.properties(), version.id().value(), version.recorded())) {
                addLiteral(subject, name, version);
            }
        }
    }

    private static void addLiteral(JanusGraphVertex subject, String name, FactVersion version) {
        subject.property(
                Cardinality.list,
                name,
                FactProperties.literal(version.object()),
                FactProperties.ofLiteral(version));
    }

    /// Closes the version `id` among `elements` if it is now closed.
    ///
    /// @return whether it is among them
    private static boolean close(Iterable<? extends Element> elements, UUID id, Recorded recorded) {
        for (Element element : elements) {
            if (element.value(GraphNames.VERSION).equals(id)) {
                close(element, recorded);
                return true;
            }
        }
        return false;
    }

    private static void close(Element element, Recorded recorded) {
        if (recorded.untilPosition() < element.<Long>value(GraphNames.UNTIL_POSITION)) {
            element.property(GraphNames.UNTIL_POSITION, recorded.untilPosition());
            element.property(GraphNames.RECORDED_UNTIL, recorded.untilMicros());
        }
    }

    private void add(Row.OfMemory row) {
        noted(row.recorded());
        Optional<JanusGraphVertex> there = find(row.space(), row.node());
        if (there.isPresent()) {
            close(there.get(), row.recorded());
            there.get()
                    .query()
                    .direction(Direction.OUT)
                    .labels(GraphNames.MENTIONS)
                    .edges()
                    .forEach(edge -> close(edge, row.recorded()));
            return;
        }
        long from = row.recorded().fromPosition();
        var vertex = make(row.space(), row.node(), GraphNames.MEMORY_LABEL, from);
        vertex.property(GraphNames.MEMORY, row.memory().id().value());
        FactProperties.recorded(row.id(), row.recorded()).forEach(vertex::property);
        FactProperties.micros(row.memory().occurred())
                .ifPresent(micros -> vertex.property(GraphNames.OCCURRED, micros));
        for (long node : row.mentions()) {
            vertex.addEdge(
                    GraphNames.MENTIONS,
                    vertex(row.space(), node, from),
                    FactProperties.ofMention(row));
        }
    }

    private long noted(Recorded recorded) {
        highest = Math.max(highest, recorded.fromPosition());
        return recorded.fromPosition();
    }

    private static void name(JanusGraphVertex vertex, EntityId entity) {
        if (!vertex.property(GraphNames.ENTITY).isPresent()) {
            vertex.property(GraphNames.ENTITY, entity.value());
        }
    }

    /// The vertex of a node, made if it is not there.
    private JanusGraphVertex vertex(SpaceId space, long node, long since) {
        return find(space, node).orElseGet(() -> make(space, node, FIRST_LABEL, since));
    }

    private Optional<JanusGraphVertex> find(SpaceId space, long node) {
        JanusGraphVertex met = vertices.get(node);
        if (met == null) {
            met = transaction.getVertex(now.graph().getIDManager().toVertexId(node));
            if (met == null) {
                return Optional.empty();
            }
            vertices.put(node, met);
        }
        if (!met.value(GraphNames.SPACE).equals(space.value())) {
            throw new StoreException.Corrupt(
                    "node "
                            + node
                            + " lies in another space than "
                            + space
                            + ": rebuild the graph");
        }
        return Optional.of(met);
    }

    private JanusGraphVertex make(SpaceId space, long node, String label, long since) {
        var made =
                transaction.addVertex(
                        T.id, now.graph().getIDManager().toVertexId(node), T.label, label);
        made.property(GraphNames.SPACE, space.value());
        made.property(GraphNames.FROM_POSITION, since);
        made.property(
                Cardinality.list, GraphNames.KIND, label, GraphNames.FROM_POSITION, PROVISIONAL);
        vertices.put(node, made);
        return made;
    }
}
