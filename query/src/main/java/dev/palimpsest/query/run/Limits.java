package dev.palimpsest.query.run;

import dev.palimpsest.cause.CausalReach;
import dev.palimpsest.query.index.adjacency.Reach;
import dev.palimpsest.query.plan.CausalRule;
import dev.palimpsest.query.plan.HopsRule;
import dev.palimpsest.query.plan.Plan;
import dev.palimpsest.question.Hit;
import dev.palimpsest.question.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Says which limits an answer met, and what to do about it.
final class Limits {

    private Limits() {}

    /// What the asker should know, beside what is missing from what was gathered.
    static Optional<String> note(Plan plan, Hits.Made made, Gathered gathered) {
        var notes =
                Stream.of(
                                plan.note(),
                                gathered.note(),
                                causes(plan),
                                hops(plan),
                                judged(plan, gathered),
                                chains(made),
                                likelihoods(plan, made.hits()))
                        .flatMap(Optional::stream)
                        .collect(Collectors.joining("; "));
        return notes.isEmpty() ? Optional.empty() : Optional.of(notes);
    }

    private static Optional<String> causes(Plan plan) {
        return plan.why().stream().anyMatch(CausalRule::truncated)
                ? Optional.of(walked("causes", CausalReach.MOST_REACHED, CausalReach.MOST_LOOKED))
                : Optional.empty();
    }

    private static Optional<String> hops(Plan plan) {
        return plan.hops().map(HopsRule::truncated).orElse(false)
                ? Optional.of(walked("hops", Reach.MOST_REACHED, Reach.MOST_LOOKED))
                : Optional.empty();
    }

    private static String walked(String what, int entities, int facts) {
        return String.format(
                Locale.ROOT,
                "the walk along %s ended after %,d entities or %,d facts; ask for fewer hops",
                what,
                entities,
                facts);
    }

    private static Optional<String> judged(Plan plan, Gathered gathered) {
        boolean walked = !plan.why().isEmpty() || plan.hops().isPresent();
        return gathered.more() && walked
                ? Optional.of(
                        String.format(
                                Locale.ROOT,
                                "only the newest %,d of what a walk reached were judged; ask more"
                                        + " narrowly",
                                Gathering.MOST_WALKED))
                : Optional.empty();
    }

    private static Optional<String> chains(Hits.Made made) {
        return made.truncated()
                ? Optional.of("there may be stronger chains: too many had to be tried")
                : Optional.empty();
    }

    private static Optional<String> likelihoods(Plan plan, List<Hit> hits) {
        boolean missing =
                plan.why().size() == 1
                        && hits.stream()
                                .anyMatch(hit ->
                                        hit.kind() == Kind.ENTITY && hit.likelihood().isEmpty());
        return missing
                ? Optional.of(
                        "where no probability is given, too many facts lie between cause and"
                                + " effect; ask for fewer hops")
                : Optional.empty();
    }
}
