package dev.palimpsest.graph.janus;

import java.util.List;
import org.apache.tinkerpop.gremlin.process.traversal.Step;
import org.apache.tinkerpop.gremlin.process.traversal.Traversal;
import org.apache.tinkerpop.gremlin.process.traversal.TraversalStrategy;
import org.apache.tinkerpop.gremlin.process.traversal.step.branch.RepeatStep;
import org.apache.tinkerpop.gremlin.process.traversal.step.filter.WhereTraversalStep;
import org.apache.tinkerpop.gremlin.process.traversal.step.map.MatchStep;
import org.apache.tinkerpop.gremlin.process.traversal.step.util.ComputerAwareStep;
import org.apache.tinkerpop.gremlin.process.traversal.strategy.AbstractTraversalStrategy;
import org.apache.tinkerpop.gremlin.process.traversal.util.TraversalHelper;

/// Puts a [GuardStep] after every step of a traversal and of all that is nested in it.
final class GuardStrategy extends AbstractTraversalStrategy<TraversalStrategy.FinalizationStrategy>
        implements TraversalStrategy.FinalizationStrategy {

    private static final long serialVersionUID = 1L;

    private final transient Budget budget;

    GuardStrategy(Budget budget) {
        this.budget = budget;
    }

    @Override
    @SuppressWarnings({"unchecked", "rawtypes"}) // the steps of a traversal have no common type
    public void apply(Traversal.Admin<?, ?> traversal) {
        for (Step step : List.copyOf(traversal.getSteps())) {
            if (!mustBeLast(step)) {
                TraversalHelper.insertAfterStep(
                        new GuardStep<>(traversal, budget), step, (Traversal.Admin) traversal);
            }
        }
    }

    /// The steps by which a nested traversal hands back to the one around it.
    private static boolean mustBeLast(Step<?, ?> step) {
        return step instanceof RepeatStep.RepeatEndStep<?>
                || step instanceof MatchStep.MatchEndStep
                || step instanceof WhereTraversalStep.WhereEndStep
                || step instanceof ComputerAwareStep.EndStep<?>;
    }
}
