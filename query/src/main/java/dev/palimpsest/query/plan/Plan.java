package dev.palimpsest.query.plan;

import dev.palimpsest.model.PredicateName;
import dev.palimpsest.query.index.lucene.Filter;
import dev.palimpsest.question.Constraint;
import dev.palimpsest.question.Question;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// A question resolved at one snapshot: a filter for what is hard, and what is needed to judge the
/// rest.
///
/// @param filter every row of the answer passes it; a few pass that do not belong, see [TimeRule]
///   and [SourcesRule]
/// @param why the walks the question asked for, at most one each way
/// @param nowhereSaid the predicates of quantities asked about that no fact ever had
/// @param truncated whether a walk met a limit
public record Plan(
        View view,
        Question question,
        Filter filter,
        List<CausalRule> why,
        Optional<HopsRule> hops,
        List<PredicateName> nowhereSaid,
        boolean truncated) {

    public Plan {
        why = List.copyOf(why);
        nowhereSaid = List.copyOf(nowhereSaid);
    }

    /// What the asker should know of the question itself, if anything.
    public Optional<String> note() {
        return nowhereSaid.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "no fact here says any of this of anything: "
                                + nowhereSaid.stream()
                                        .map(PredicateName::value)
                                        .collect(Collectors.joining(", ")));
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
