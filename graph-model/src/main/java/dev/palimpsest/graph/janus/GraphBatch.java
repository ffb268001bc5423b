package dev.palimpsest.graph.janus;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.EntityType;
import dev.palimpsest.model.FactVersion;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.model.Value;
import dev.palimpsest.port.Row;
import dev.palimpsest.port.StoreException;
import dev.palimpsest.time.Moments;
import dev.palimpsest.time.Recorded;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.tinkerpop.gremlin.structure.Direction;
import org.apache.tinkerpop.gremlin.structure.Element;
import org.apache.tinkerpop.gremlin.structure.T;
import org.apache.tinkerpop.gremlin.structure.VertexProperty.Cardinality;
import org.janusgraph.core.EdgeLabel;
import org.janusgraph.core.JanusGraphEdge;
import org.janusgraph.core.JanusGraphRelation;
import org.janusgraph.core.JanusGraphTransaction;
import org.janusgraph.core.JanusGraphVertex;
import org.janusgraph.core.JanusGraphVertexProperty;
import org.janusgraph.core.PropertyKey;
import org.janusgraph.core.attribute.Cmp;
import org.janusgraph.graphdb.internal.InternalRelation;
import org.janusgraph.graphdb.query.JanusGraphPredicate;
import org.janusgraph.graphdb.transaction.StandardJanusGraphTx;

/// Row images on their way into one transaction. A fact is looked for by its version before it is
/// written, unless it was recorded later than any the graph holds.
final class GraphBatch {

    static final String FIRST_LABEL = GraphNames.label(EntityType.THING);

    /// Since when a vertex has its first label; gone with the entity's first profile.
    private static final long PROVISIONAL = 0;

    private final StandardJanusGraphTx transaction;
    private final JanusGraphStore.Opened now;
    private final KnownVertices known;
    private final long knownUpTo;
    private final Map<String, PropertyKey> keys = new HashMap<>();
    private final Map<String, EdgeLabel> labels = new HashMap<>();
    private final Map<Long, Met> vertices = new HashMap<>();
    private final Map<Long, SpaceId> named = new HashMap<>();
    private final Map<Long, Row.OfProfile> firstProfiles = new HashMap<>();

    /// Nodes whose vertices were made here with their first profile.
    private final Set<Long> typed = new HashSet<>();

    private long highest;

    private record Met(String space, JanusGraphVertex vertex) {}

    /// @param knownUpTo the highest position a fact of the graph was recorded at
    GraphBatch(
            JanusGraphTransaction transaction,
            JanusGraphStore.Opened now,
            KnownVertices known,
            long knownUpTo) {
        this.transaction = (StandardJanusGraphTx) transaction;
        this.now = now;
        this.known = known;
        this.knownUpTo = knownUpTo;
        this.highest = knownUpTo;
    }

    /// The highest position a fact was recorded at, now.
    long highest() {
        return highest;
    }

    /// Entities whose vertices are known once this is committed.
    Map<Long, SpaceId> named() {
        return named;
    }

    // Entities first, so that a fact finds the ends it needs; a fact that comes before its entity,
    // as can happen during a scan, makes the vertex, and the entity then completes it.
    void apply(List<Row> rows) {
        for (Row row : rows) {
            if (row instanceof Row.OfProfile profile) {
                firstProfiles.merge(profile.node(), profile, GraphBatch::earlier);
            }
        }
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
        var vertex = named(row.space(), row.node(), row.entity(), made);
        if (!vertex.isNew() && !vertex.value(GraphNames.FROM_POSITION).equals(made)) {
            vertex.property(GraphNames.FROM_POSITION, made);
        }
    }

    // The types an entity was known to have are all kept, each since a position, so that a snapshot
    // shows the one it had and the index never loses sight of it. The label of the graph itself
    // is the newest, for tools that read the graph without a snapshot.
    private void add(Row.OfProfile row) {
        if (typed.contains(row.node()) && row.equals(firstProfiles.get(row.node()))) {
            return;
        }
        long from = from(row);
        var vertex = named(row.space(), row.node(), row.profile().entity(), from);
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

    private static Row.OfProfile earlier(Row.OfProfile one, Row.OfProfile other) {
        return from(other) < from(one) ? other : one;
    }

    private static long from(Row.OfProfile row) {
        return row.profile().recorded().fromPosition();
    }

    private static long since(JanusGraphVertexProperty<?> kind) {
        return kind.value(GraphNames.FROM_POSITION);
    }

    private void add(Row.OfFact row) {
        var version = row.version();
        long from = version.recorded().fromPosition();
        boolean mayBeHere = from <= knownUpTo;
        highest = Math.max(highest, from);
        var subject = named(row.space(), row.subjectNode(), version.subject(), from);
        String name =
                now.schema()
                        .name(row.space(), version.predicate().value(), version.object().kind());
        if (version.object() instanceof Value.Entity(EntityId id)) {
            var object = named(row.space(), row.objectNode().orElseThrow(), id, from);
            if (!mayBeHere || !closeEdge(subject, name, object, version)) {
                carry(edge(subject, name, object), FactProperties.of(version));
            }
        } else if (!mayBeHere
                || !close(
                        subject.query().keys(name).properties(),
                        version.id().value(),
                        version.recorded())) {
            addLiteral(subject, name, version);
        }
    }

    // Edges are sorted by the position they are known until, and then by their other end: one that
    // is known until a given position is found at once, however many its subject has. Only where an
    // image that is not closed comes again must it be looked for among those closed at any.
    private static boolean closeEdge(
            JanusGraphVertex subject, String name, JanusGraphVertex object, FactVersion version) {
        long until = version.recorded().untilPosition();
        var others =
                until == Moments.OPEN
                        ? edges(subject, name, object, Cmp.LESS_THAN, Moments.OPEN)
                        : edges(subject, name, object, Cmp.EQUAL, until);
        return Stream.of(edges(subject, name, object, Cmp.EQUAL, Moments.OPEN), others)
                .anyMatch(edges -> close(edges.get(), version.id().value(), version.recorded()));
    }

    private static Supplier<Iterable<? extends Element>> edges(
            JanusGraphVertex subject,
            String name,
            JanusGraphVertex object,
            JanusGraphPredicate knownUntil,
            long position) {
        return () ->
                subject.query()
                        .direction(Direction.OUT)
                        .labels(name)
                        .has(GraphNames.UNTIL_POSITION, knownUntil, position)
                        .adjacent(object)
                        .edges();
    }

    private void addLiteral(JanusGraphVertex subject, String name, FactVersion version) {
        var literal =
                transaction.addProperty(
                        Cardinality.list,
                        subject,
                        key(name),
                        FactProperties.literal(version.object()));
        carry(literal, FactProperties.ofLiteral(version));
    }

    private JanusGraphEdge edge(JanusGraphVertex from, String name, JanusGraphVertex to) {
        return transaction.addEdge(
                from, to, labels.computeIfAbsent(name, transaction::getEdgeLabel));
    }

    /// As `property` does for each of them, but that looks for each key by its name anew.
    private void carry(JanusGraphRelation relation, Map<String, Object> properties) {
        var inside = (InternalRelation) relation;
        properties.forEach((name, value) -> inside.setPropertyDirect(key(name), value));
    }

    private PropertyKey key(String name) {
        return keys.computeIfAbsent(name, transaction::getPropertyKey);
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
        var vertex = make(row.space(), row.node(), from, GraphNames.MEMORY_LABEL, PROVISIONAL);
        vertex.property(GraphNames.MEMORY, row.memory().id().value());
        FactProperties.recorded(row.id(), row.recorded()).forEach(vertex::property);
        FactProperties.micros(row.memory().occurred())
                .ifPresent(micros -> vertex.property(GraphNames.OCCURRED, micros));
        for (long node : row.mentions()) {
            var mentioned = vertex(row.space(), node, from);
            carry(edge(vertex, GraphNames.MENTIONS, mentioned), FactProperties.ofMention(row));
        }
    }

    /// The vertex of an entity, with its name, made if it is not there.
    private JanusGraphVertex named(SpaceId space, long node, EntityId entity, long since) {
        var vertex = vertex(space, node, since);
        boolean first = !known.has(space, node) && named.putIfAbsent(node, space) == null;
        if (first && (vertex.isNew() || !vertex.property(GraphNames.ENTITY).isPresent())) {
            vertex.property(GraphNames.ENTITY, entity.value());
        }
        return vertex;
    }

    /// The vertex of a node, made if it is not there.
    private JanusGraphVertex vertex(SpaceId space, long node, long since) {
        return find(space, node)
                .orElseGet(() -> {
                    var profile = firstProfiles.get(node);
                    if (profile == null) {
                        return make(space, node, since, FIRST_LABEL, PROVISIONAL);
                    }
                    typed.add(node);
                    String label = GraphNames.label(profile.profile().type());
                    return make(space, node, since, label, from(profile));
                });
    }

    private Optional<JanusGraphVertex> find(SpaceId space, long node) {
        Met met = vertices.get(node);
        if (met == null) {
            Object id = now.graph().getIDManager().toVertexId(node);
            if (known.has(space, node)) {
                met = new Met(space.value(), transaction.getInternalVertex(id));
            } else {
                var vertex = transaction.getVertex(id);
                if (vertex == null) {
                    return Optional.empty();
                }
                met = new Met(vertex.value(GraphNames.SPACE), vertex);
            }
            vertices.put(node, met);
        }
        if (!met.space().equals(space.value())) {
            throw new StoreException.Corrupt(
                    "node "
                            + node
                            + " lies in another space than "
                            + space
                            + ": rebuild the graph");
        }
        return Optional.of(met.vertex());
    }

    /// @param labelled since when it has its label
    private JanusGraphVertex make(
            SpaceId space, long node, long since, String label, long labelled) {
        var made =
                transaction.addVertex(
                        T.id, now.graph().getIDManager().toVertexId(node), T.label, label);
        made.property(GraphNames.SPACE, space.value());
        made.property(GraphNames.FROM_POSITION, since);
        made.property(Cardinality.list, GraphNames.KIND, label, GraphNames.FROM_POSITION, labelled);
        vertices.put(node, new Met(space.value(), made));
        return made;
    }
}
