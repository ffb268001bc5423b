package dev.palimpsest.graph.janus;

import dev.palimpsest.model.PredicateName;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.Gone;
import dev.palimpsest.time.Moments;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.apache.tinkerpop.gremlin.structure.Direction;
import org.apache.tinkerpop.gremlin.structure.Element;
import org.janusgraph.core.JanusGraphTransaction;
import org.janusgraph.core.JanusGraphVertex;
import org.janusgraph.core.JanusGraphVertexQuery;
import org.janusgraph.core.attribute.Cmp;
import org.janusgraph.graphdb.query.JanusGraphPredicate;

/// Takes what was forgotten out of the graph, within one transaction. What is not there is gone
/// already.
final class GraphDrop {

    private final JanusGraphTransaction transaction;
    private final JanusGraphStore.Opened now;

    GraphDrop(JanusGraphTransaction transaction, JanusGraphStore.Opened now) {
        this.transaction = transaction;
        this.now = now;
    }

    /// Facts that lie at the same vertex under the same names.
    private record Place(SpaceId space, PredicateName predicate, long subject, boolean edges) {}

    void drop(List<Gone> all) {
        Map<Place, Map<UUID, OptionalLong>> facts = new LinkedHashMap<>();
        for (var gone : all) {
            switch (gone) {
                case Gone.OfEntity(var _, long node) -> dropVertex(node);
                case Gone.OfMemory memory -> {
                    // One that stays has lost its edge with the entity it no longer mentions.
                    if (!memory.stays()) {
                        dropVertex(memory.node());
                    }
                }
                case Gone.OfFact fact ->
                        facts.computeIfAbsent(
                                        new Place(
                                                fact.space(),
                                                fact.predicate(),
                                                fact.subject(),
                                                fact.object().isPresent()),
                                        _ -> new HashMap<>())
                                .put(fact.id().value(), fact.object());
                case Gone.OfProfile _, Gone.OfSpace _ -> {}
            }
        }
        facts.forEach(this::drop);
    }

    private void dropVertex(long node) {
        vertex(node).ifPresent(JanusGraphVertex::remove);
    }

    private Optional<JanusGraphVertex> vertex(long node) {
        return Optional.ofNullable(
                transaction.getVertex(now.graph().getIDManager().toVertexId(node)));
    }

    private void drop(Place place, Map<UUID, OptionalLong> versions) {
        vertex(place.subject())
                .ifPresent(subject -> {
                    if (place.edges()) {
                        dropEdges(place, subject, versions);
                    } else {
                        dropLiterals(place, subject, versions.keySet());
                    }
                });
    }

    /// A query for no name at all would find everything.
    private void dropLiterals(Place place, JanusGraphVertex subject, Set<UUID> versions) {
        var keys = now.schema().keys(place.space(), place.predicate().value());
        if (!keys.isEmpty()) {
            remove(subject.query().keys(keys.toArray(String[]::new)).properties(), versions);
        }
    }

    // An edge that is not closed is found by its other end at once, however many there are. Of the
    // closed ones all that the subject has are looked through, but once for all that are to go.
    private void dropEdges(
            Place place, JanusGraphVertex subject, Map<UUID, OptionalLong> versions) {
        var labels =
                now.schema()
                        .edgeLabels(place.space(), place.predicate().value())
                        .toArray(String[]::new);
        if (labels.length == 0) {
            return;
        }
        var left = new HashSet<>(versions.keySet());
        versions.values().stream()
                .distinct()
                .forEach(node ->
                        vertex(node.orElseThrow())
                                .ifPresent(object ->
                                        left.removeAll(
                                                remove(
                                                        out(subject, labels, Cmp.EQUAL)
                                                                .adjacent(object)
                                                                .edges(),
                                                        versions.keySet()))));
        if (!left.isEmpty()) {
            remove(out(subject, labels, Cmp.LESS_THAN).edges(), left);
        }
    }

    private static JanusGraphVertexQuery<?> out(
            JanusGraphVertex subject, String[] labels, JanusGraphPredicate knownUntil) {
        return subject.query()
                .direction(Direction.OUT)
                .labels(labels)
                .has(GraphNames.UNTIL_POSITION, knownUntil, Moments.OPEN);
    }

    /// @return those that were there
    private static Set<UUID> remove(Iterable<? extends Element> among, Set<UUID> versions) {
        Set<UUID> removed = new HashSet<>();
        for (var element : among) {
            UUID version = element.value(GraphNames.VERSION);
            if (versions.contains(version)) {
                element.remove();
                removed.add(version);
            }
        }
        return removed;
    }

    /// Takes out some of what a space has.
    ///
    /// @return how many vertices that were
    int dropSome(SpaceId space, int most) {
        var labels = new ArrayList<>(now.schema().entityLabels());
        labels.add(GraphNames.MEMORY_LABEL);
        Set<JanusGraphVertex> found = new LinkedHashSet<>();
        for (String label : labels) {
            for (var vertex :
                    transaction
                            .query()
                            .has(GraphNames.SPACE, space.value())
                            .has(GraphNames.KIND, label)
                            .limit(most)
                            .vertices()) {
                if (found.size() < most) {
                    found.add(vertex);
                }
            }
        }
        found.forEach(JanusGraphVertex::remove);
        return found.size();
    }
}
