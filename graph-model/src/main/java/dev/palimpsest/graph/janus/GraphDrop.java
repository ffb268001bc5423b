package dev.palimpsest.graph.janus;

import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.Gone;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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

    void drop(Gone gone) {
        switch (gone) {
            case Gone.OfEntity(var _, long node) -> dropVertex(node);
            case Gone.OfMemory memory -> {
                // One that stays has lost its edge with the entity it no longer mentions.
                if (!memory.stays()) {
                    dropVertex(memory.node());
                }
            }
            case Gone.OfFact fact -> drop(fact);
            case Gone.OfProfile _, Gone.OfSpace _ -> {}
        }
    }

    private void dropVertex(long node) {
        var vertex = transaction.getVertex(now.graph().getIDManager().toVertexId(node));
        if (vertex != null) {
            vertex.remove();
        }
    }

    private void drop(Gone.OfFact fact) {
        JanusGraphVertex subject =
                transaction.getVertex(now.graph().getIDManager().toVertexId(fact.subject()));
        if (subject == null) {
            return;
        }
        String name = now.schema().name(fact.space(), fact.predicate().value(), fact.kind());
        List<Element> found = new ArrayList<>();
        if (fact.object().isPresent()) {
            var object =
                    transaction.getVertex(
                            now.graph().getIDManager().toVertexId(fact.object().getAsLong()));
            if (object != null) {
                subject.query()
                        .direction(Direction.OUT)
                        .labels(name)
                        .adjacent(object)
                        .edges()
                        .forEach(found::add);
            }
        } else {
            subject.query().keys(name).properties().forEach(found::add);
        }
        for (var element : found) {
            if (element.value(GraphNames.VERSION).equals(fact.id().value())) {
                element.remove();
            }
        }
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
