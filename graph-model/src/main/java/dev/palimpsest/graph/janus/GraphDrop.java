package dev.palimpsest.graph.janus;

import dev.palimpsest.model.PredicateName;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.Gone;
import java.util.ArrayList;
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

/// Takes what was forgotten out of the graph, within one transaction. What is not there is gone
/// already.
final class GraphDrop {

    private final JanusGraphTransaction transaction;
    private final JanusGraphStore.Opened now;

    GraphDrop(JanusGraphTransaction transaction, JanusGraphStore.Opened now) {
        this.transaction = transaction;
        this.now = now;
    }

    /// Facts that lie at the same vertices under the same names.
    private record Place(
            SpaceId space, PredicateName predicate, long subject, OptionalLong object) {}

    void drop(List<Gone> all) {
        Map<Place, Set<UUID>> facts = new LinkedHashMap<>();
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
                                                fact.object()),
                                        _ -> new HashSet<>())
                                .add(fact.id().value());
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

    private void drop(Place place, Set<UUID> versions) {
        vertex(place.subject())
                .map(subject -> held(place, subject))
                .orElse(List.of())
                .forEach(element -> {
                    if (versions.contains(element.<UUID>value(GraphNames.VERSION))) {
                        element.remove();
                    }
                });
    }

    /// A query for no name at all would find everything.
    private List<Element> held(Place place, JanusGraphVertex subject) {
        List<Element> found = new ArrayList<>();
        var predicate = place.predicate().value();
        if (place.object().isEmpty()) {
            var keys = now.schema().keys(place.space(), predicate);
            if (!keys.isEmpty()) {
                subject.query().keys(keys.toArray(String[]::new)).properties().forEach(found::add);
            }
            return found;
        }
        var labels = now.schema().edgeLabels(place.space(), predicate);
        var object = vertex(place.object().getAsLong());
        if (object.isPresent() && !labels.isEmpty()) {
            subject.query()
                    .direction(Direction.OUT)
                    .labels(labels.toArray(String[]::new))
                    .adjacent(object.get())
                    .edges()
                    .forEach(found::add);
        }
        return found;
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
