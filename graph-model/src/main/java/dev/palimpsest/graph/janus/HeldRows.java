package dev.palimpsest.graph.janus;

import dev.palimpsest.model.RowId;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.Projection.HeldRow;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.tinkerpop.gremlin.structure.Direction;
import org.apache.tinkerpop.gremlin.structure.Element;
import org.janusgraph.core.JanusGraphTransaction;
import org.janusgraph.core.JanusGraphVertex;

/// Tells which of the ledger's rows lie in the graph, visible or not.
final class HeldRows {

    private final JanusGraphTransaction transaction;
    private final GraphSchema schema;

    HeldRows(JanusGraphTransaction transaction, GraphSchema schema) {
        this.transaction = transaction;
        this.schema = schema;
    }

    void of(SpaceId space, Consumer<HeldRow> sink) {
        var labels = new ArrayList<>(schema.entityLabels());
        labels.add(GraphNames.MEMORY_LABEL);
        var seen = new HashSet<Object>();
        for (String label : labels) {
            for (JanusGraphVertex vertex :
                    transaction
                            .query()
                            .has(GraphNames.SPACE, space.value())
                            .has(GraphNames.KIND, label)
                            .vertices()) {
                if (seen.add(vertex.id())) {
                    of(vertex, sink);
                }
            }
        }
    }

    private static void of(JanusGraphVertex vertex, Consumer<HeldRow> sink) {
        if (vertex.property(GraphNames.MEMORY).isPresent()) {
            sink.accept(row(vertex));
            return; // its edges are mentions, which are no rows
        }
        vertex.query().direction(Direction.OUT).edges().forEach(edge -> sink.accept(row(edge)));
        vertex.query()
                .properties()
                .forEach(property -> {
                    if (!GraphNames.BOOKKEEPING.contains(property.key())) {
                        sink.accept(row(property));
                    }
                });
    }

    private static HeldRow row(Element element) {
        return new HeldRow(
                new RowId(element.<UUID>value(GraphNames.VERSION)),
                element.<Long>value(GraphNames.FROM_POSITION),
                element.<Long>value(GraphNames.UNTIL_POSITION));
    }
}
