package dev.palimpsest.graph.janus;

import dev.palimpsest.port.Projection.Checkpoint;
import dev.palimpsest.port.StoreException;
import dev.palimpsest.time.Position;
import java.util.Optional;
import java.util.UUID;
import org.janusgraph.core.JanusGraphTransaction;
import org.janusgraph.core.JanusGraphVertex;
import org.janusgraph.graphdb.idmanagement.IDManager;

/// The hidden vertex that says how far the graph has followed the ledger. It has no space, so no
/// snapshot shows it.
final class CheckpointVertex {

    /// How things lie in the graph. Another number is another layout: rebuild.
    private static final int LAYOUT = 2;

    private final JanusGraphTransaction transaction;
    private final Object id;

    CheckpointVertex(JanusGraphTransaction transaction, IDManager ids) {
        this.transaction = transaction;
        // The last number there is; nodes are counted from the first.
        this.id = ids.toVertexId(ids.getVertexCountBound() - 1);
    }

    /// Up to where the graph has followed; empty if nothing is there, or in another layout only.
    Optional<Checkpoint> checkpoint() {
        return vertex().filter(vertex -> layoutOf(vertex) == LAYOUT)
                .filter(vertex -> vertex.property(GraphNames.POSITION).isPresent())
                .map(vertex ->
                        new Checkpoint(
                                vertex.<UUID>value(GraphNames.EPOCH),
                                new Position(vertex.<Long>value(GraphNames.POSITION))));
    }

    /// The highest position any fact here was recorded at: one recorded later cannot be here yet.
    ///
    /// @throws StoreException.Corrupt if the graph was laid out by another version
    long highest() {
        return vertex().map(this::checked).map(v -> v.<Long>value(GraphNames.HIGHEST)).orElse(0L);
    }

    void reach(long highest) {
        orMade().property(GraphNames.HIGHEST, highest);
    }

    void moveTo(Checkpoint checkpoint) {
        var vertex = orMade();
        vertex.property(GraphNames.EPOCH, checkpoint.epoch());
        vertex.property(GraphNames.POSITION, checkpoint.position().number());
    }

    private JanusGraphVertex orMade() {
        return vertex().orElseGet(() -> {
            var made =
                    transaction.addVertex(
                            org.apache.tinkerpop.gremlin.structure.T.id,
                            id,
                            org.apache.tinkerpop.gremlin.structure.T.label,
                            GraphNames.CHECKPOINT_LABEL);
            made.property(GraphNames.LAYOUT, LAYOUT);
            made.property(GraphNames.HIGHEST, 0L);
            return made;
        });
    }

    private Optional<JanusGraphVertex> vertex() {
        return Optional.ofNullable(transaction.getVertex(id));
    }

    private JanusGraphVertex checked(JanusGraphVertex vertex) {
        int layout = layoutOf(vertex);
        if (layout != LAYOUT) {
            throw new StoreException.Corrupt(
                    "the graph is laid out by version "
                            + layout
                            + ", this is version "
                            + LAYOUT
                            + ": rebuild it");
        }
        return vertex;
    }

    private static int layoutOf(JanusGraphVertex vertex) {
        return vertex.<Integer>property(GraphNames.LAYOUT).orElse(0);
    }
}
