package dev.palimpsest.graph.janus;

import java.util.List;
import org.apache.tinkerpop.gremlin.process.traversal.Step;
import org.apache.tinkerpop.gremlin.process.traversal.Traversal;
import org.apache.tinkerpop.gremlin.process.traversal.TraversalStrategy;
import org.apache.tinkerpop.gremlin.process.traversal.step.HasContainerHolder;
import org.apache.tinkerpop.gremlin.process.traversal.step.map.GraphStep;
import org.apache.tinkerpop.gremlin.process.traversal.step.map.NoOpBarrierStep;
import org.apache.tinkerpop.gremlin.process.traversal.strategy.AbstractTraversalStrategy;
import org.apache.tinkerpop.gremlin.process.traversal.util.TraversalHelper;
import org.apache.tinkerpop.gremlin.structure.Vertex;

/// Puts a [SnapshotStart] in the place of every `V()`. Leaving it out makes a traversal slower and
/// shows it nothing more; but memories are found by label through it alone.
final class SnapshotStartStrategy
        extends AbstractTraversalStrategy<TraversalStrategy.ProviderOptimizationStrategy>
        implements TraversalStrategy.ProviderOptimizationStrategy {

    private static final long serialVersionUID = 1L;
    private static final SnapshotStartStrategy INSTANCE = new SnapshotStartStrategy();

    private SnapshotStartStrategy() {}

    static SnapshotStartStrategy instance() {
        return INSTANCE;
    }

    @Override
    @SuppressWarnings({"unchecked", "rawtypes"}) // the steps of a traversal have no common type
    public void apply(Traversal.Admin<?, ?> traversal) {
        List<GraphStep> starts =
                TraversalHelper.getStepsOfClass(GraphStep.class, (Traversal.Admin) traversal);
        for (GraphStep start : starts) {
            if (start.returnsVertex()) {
                var better = new SnapshotStart<Object>((GraphStep<Object, Vertex>) start);
                TraversalHelper.replaceStep(start, better, (Traversal.Admin) traversal);
                learn(better);
            }
        }
    }

    private static void learn(SnapshotStart<?> start) {
        Step<?, ?> next = start.getNextStep();
        while (next instanceof HasContainerHolder || next instanceof NoOpBarrierStep) {
            if (next instanceof HasContainerHolder conditions) {
                conditions.getHasContainers().forEach(start::learn);
            }
            next = next.getNextStep();
        }
    }
}
