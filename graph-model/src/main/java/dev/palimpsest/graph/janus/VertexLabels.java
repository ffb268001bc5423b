package dev.palimpsest.graph.janus;

import org.apache.tinkerpop.gremlin.structure.Direction;
import org.janusgraph.core.JanusGraphEdge;
import org.janusgraph.core.JanusGraphTransaction;
import org.janusgraph.core.JanusGraphVertex;
import org.janusgraph.graphdb.internal.InternalVertex;
import org.janusgraph.graphdb.transaction.StandardJanusGraphTx;
import org.janusgraph.graphdb.types.system.BaseLabel;

/// Gives a vertex another label, which JanusGraph itself does not offer: a label is a hidden edge
/// to the vertex of the label, and that edge is put in another's place. The vertex, its properties
/// and its edges stay as they are.
final class VertexLabels {

    private VertexLabels() {}

    static void change(JanusGraphTransaction transaction, JanusGraphVertex vertex, String label) {
        var inside = (StandardJanusGraphTx) transaction;
        var edges =
                ((InternalVertex) vertex)
                        .query()
                        .noPartitionRestriction()
                        .type(BaseLabel.VertexLabelEdge)
                        .direction(Direction.OUT)
                        .edges();
        for (JanusGraphEdge edge : edges) {
            edge.remove();
        }
        inside.addEdge(
                vertex, (JanusGraphVertex) inside.getVertexLabel(label), BaseLabel.VertexLabelEdge);
    }
}
