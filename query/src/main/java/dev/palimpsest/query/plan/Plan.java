package dev.palimpsest.query.plan;

import dev.palimpsest.query.index.lucene.Filter;
import dev.palimpsest.question.Constraint;
import dev.palimpsest.question.Question;
import java.util.List;
import java.util.Optional;

/// A question resolved at one snapshot: a filter for what is hard, and what is needed to judge the
/// rest.
///
/// @param filter every row of the answer passes it; a few pass that do not belong, see [TimeRule]
///   and [SourcesRule]
/// @param why the walks the question asked for, at most one each way
/// @param truncated whether a walk met a limit
public record Plan(
        View view,
        Question question,
        Filter filter,
        List<CausalRule> why,
        Optional<HopsRule> hops,
        boolean truncated) {

    public Plan {
        why = List.copyOf(why);
    }

    /// Whether all rows that pass the filter are equally good.
    public boolean isUngraded() {
        return why.isEmpty()
                && hops.isEmpty()
                && question.constraints().stream().allMatch(Constraint::isHard);
    }

    /// Whether what is left to judge is how well a row fits the words of the question.
    public boolean isGradedByTextAlone() {
        return why.isEmpty()
                && hops.isEmpty()
                && question.constraints().stream()
                        .allMatch(one -> one.isHard() || one instanceof Constraint.What.Text);
    }
}
