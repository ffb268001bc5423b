package dev.palimpsest.query.run;

import dev.palimpsest.cause.Likelihood;
import dev.palimpsest.model.RowId;
import dev.palimpsest.query.index.adjacency.Chains;
import dev.palimpsest.query.index.adjacency.Chains.Chain;
import dev.palimpsest.query.index.adjacency.Chains.Link;
import dev.palimpsest.query.index.adjacency.Chains.Seed;
import dev.palimpsest.query.plan.CausalRule;
import dev.palimpsest.query.plan.Plan;
import dev.palimpsest.query.rank.Candidate;
import dev.palimpsest.query.rank.Judged;
import dev.palimpsest.question.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The chains of causes that hits are on. Where a question asks why twice, a path is a chain from
/// the cause to the hit and one from there to the effect.
final class CausalPaths {

    private final Plan plan;
    private final List<Map<Seed, Chains>> found = new ArrayList<>();

    CausalPaths(Plan plan, List<Judged<Candidate>> hits) {
        this.plan = plan;
        for (int number = 0; number < plan.why().size(); number++) {
            Set<Seed> seeds = new HashSet<>();
            for (var hit : hits) {
                if (hit.trails().size() == plan.why().size()) {
                    seeds.add(hit.trails().get(number).seed());
                }
            }
            found.add(plan.why().get(number).chains(plan.view(), List.copyOf(seeds)));
        }
    }

    /// The best ones, best first.
    List<Chain> of(Judged<Candidate> hit) {
        List<Chain> paths = List.of(new Chain(1, List.of()));
        for (int number = 0; number < found.size(); number++) {
            var further = chains(hit, number).map(Chains::best).orElse(List.of());
            paths = joined(paths, further);
        }
        return found.isEmpty() ? List.of() : paths;
    }

    private List<Chain> joined(List<Chain> firsts, List<Chain> seconds) {
        int most = plan.why().stream().mapToInt(CausalRule::paths).max().orElse(1);
        return firsts.stream()
                .flatMap(first -> seconds.stream().map(second -> joined(first, second)))
                .sorted(Comparator.comparingDouble(Chain::strength).reversed())
                .limit(most)
                .toList();
    }

    private static Chain joined(Chain first, Chain second) {
        return new Chain(
                first.strength() * second.strength(),
                Stream.concat(first.links().stream(), second.links().stream()).toList());
    }

    /// How likely the effect is, given the cause, of an entity.
    Optional<Likelihood> likelihood(Judged<Candidate> hit) {
        return hit.candidate().kind() == Kind.ENTITY && found.size() == 1
                ? chains(hit, 0).flatMap(Chains::likelihood)
                : Optional.empty();
    }

    private Optional<Chains> chains(Judged<Candidate> hit, int number) {
        return hit.trails().size() == found.size()
                ? Optional.ofNullable(found.get(number).get(hit.trails().get(number).seed()))
                : Optional.empty();
    }

    /// The facts of all of them.
    Set<RowId> rows() {
        Set<RowId> rows = new HashSet<>();
        for (var chains : found) {
            for (var some : chains.values()) {
                some.best()
                        .forEach(chain -> chain.links().stream().map(Link::row).forEach(rows::add));
            }
        }
        return rows;
    }

    /// Whether a limit was met, so that there may be better ones.
    boolean truncated() {
        return found.stream()
                .flatMap(chains -> chains.values().stream())
                .anyMatch(Chains::truncated);
    }
}
