package dev.palimpsest.graph.janus;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import org.apache.tinkerpop.gremlin.process.traversal.Compare;
import org.apache.tinkerpop.gremlin.process.traversal.Contains;
import org.apache.tinkerpop.gremlin.process.traversal.step.map.GraphStep;
import org.apache.tinkerpop.gremlin.process.traversal.step.util.HasContainer;
import org.apache.tinkerpop.gremlin.structure.T;
import org.apache.tinkerpop.gremlin.structure.Vertex;
import org.jspecify.annotations.Nullable;

/// `V()` with what the steps after it say of ids and labels, so that it need not look at every
/// vertex of the space. Those steps stay: this only finds where to look.
final class SnapshotStart<S> extends GraphStep<S, Vertex> {

    private static final long serialVersionUID = 1L;

    private @Nullable List<Object> named;
    private @Nullable List<Object> labelled;

    SnapshotStart(GraphStep<S, Vertex> original) {
        super(original.getTraversal(), Vertex.class, original.isStartStep(), original.getIds());
        original.getLabels().forEach(this::addLabel);
        setIteratorSupplier(this::found);
    }

    /// Takes note of a condition if it helps.
    void learn(HasContainer condition) {
        boolean exact =
                condition.getBiPredicate() == Compare.eq
                        || condition.getBiPredicate() == Contains.within;
        if (!exact || condition.getKey() == null) {
            return;
        }
        String key = condition.getKey();
        if (key.equals(T.id.getAccessor()) || key.equals(GraphNames.ENTITY)) {
            named = named == null ? values(condition) : named;
        } else if (key.equals(T.label.getAccessor())) {
            labelled = labelled == null ? values(condition) : labelled;
        }
    }

    private static List<Object> values(HasContainer condition) {
        Object value = condition.getValue();
        return value instanceof Collection<?> many ? new ArrayList<>(many) : List.of(value);
    }

    private Iterator<Vertex> found() {
        var graph = (SnapshotGraph) getTraversal().getGraph().orElseThrow();
        List<Object> names = named;
        List<Object> labels = labelled;
        Object[] ids = getIds();
        if (ids != null && ids.length > 0) {
            return graph.vertices(ids);
        }
        if (names != null) {
            return graph.byIds(names);
        }
        if (labels != null) {
            return graph.labelled(
                    labels.stream()
                            .flatMap(word -> GraphNames.labels(String.valueOf(word)).stream())
                            .distinct()
                            .toList());
        }
        return graph.vertices();
    }
}
