package dev.palimpsest.query.run;

import dev.palimpsest.model.Assertion;
import dev.palimpsest.model.FactId;
import dev.palimpsest.model.FactVersion;
import dev.palimpsest.model.RowId;
import dev.palimpsest.model.Value;
import dev.palimpsest.port.Ledger;
import dev.palimpsest.port.Row;
import dev.palimpsest.query.index.adjacency.Chains.Chain;
import dev.palimpsest.query.index.adjacency.Chains.Link;
import dev.palimpsest.query.plan.Plan;
import dev.palimpsest.query.plan.View;
import dev.palimpsest.query.rank.Candidate;
import dev.palimpsest.query.rank.Judged;
import dev.palimpsest.query.rank.Ranking.Ranked;
import dev.palimpsest.question.Hit;
import dev.palimpsest.question.Hit.CausalPath;
import dev.palimpsest.question.Hit.CausalStep;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Makes hits of what was ranked: gives them evidence and the chains they are on. A chain whose
/// facts the ledger no longer gives out takes its hit with it.
final class Hits {

    private final Ledger ledger;

    Hits(Ledger ledger) {
        this.ledger = ledger;
    }

    /// Hits, and whether a limit was met while their chains were looked for.
    record Made(List<Hit> hits, boolean truncated) {
        Made {
            hits = List.copyOf(hits);
        }
    }

    Made of(List<Ranked<Candidate>> ranked, Plan plan) {
        var view = plan.view();
        var all = ranked.stream().flatMap(Ranked::all).toList();
        var paths = new CausalPaths(plan, all);
        var links = links(paths.rows(), view);
        var evidence = new Evidence(view.space(), said(all, links.values(), view));
        var makes = new Making(paths, links, evidence);
        var hits = new ArrayList<Hit>();
        for (var one : ranked) {
            var folded =
                    one.folded().stream()
                            .flatMap(fact -> makes.hit(fact, List.of()).stream())
                            .toList();
            makes.hit(one.judged(), folded).ifPresent(hits::add);
        }
        return new Made(hits, paths.truncated());
    }

    private Map<RowId, Row> links(Set<RowId> wanted, View view) {
        return wanted.isEmpty()
                ? Map.of()
                : view.trace()
                        .step(
                                "read chains",
                                () -> ledger.rows(view.space(), wanted, view.at()),
                                Map::size);
    }

    private Map<FactId, List<Assertion>> said(
            List<Judged<Candidate>> all, Collection<Row> links, View view) {
        Set<FactId> facts = new HashSet<>();
        all.forEach(judged -> facts.addAll(Evidence.factsOf(view.space(), judged.candidate())));
        for (var row : links) {
            facts.addAll(Evidence.factsOf(view.space(), Candidate.of(row)));
        }
        return facts.isEmpty()
                ? Map.of()
                : view.trace()
                        .step(
                                "evidence",
                                () -> ledger.assertions(view.space(), facts, view.at()),
                                Map::size);
    }

    /// What hits are made of.
    private record Making(CausalPaths paths, Map<RowId, Row> links, Evidence evidence) {

        Optional<Hit> hit(Judged<Candidate> judged, List<Hit> folded) {
            var chains = paths.of(judged);
            boolean given =
                    chains.stream()
                            .flatMap(chain -> chain.links().stream())
                            .allMatch(link -> links.get(link.row()) instanceof Row.OfFact);
            return given
                    ? Optional.of(
                            new Hit(
                                    judged.candidate().found(),
                                    judged.score(),
                                    judged.by(),
                                    evidence.of(judged.candidate()),
                                    chains.stream().map(this::path).toList(),
                                    paths.likelihood(judged),
                                    folded))
                    : Optional.empty();
        }

        private CausalPath path(Chain chain) {
            return new CausalPath(
                    chain.strength(), chain.links().stream().map(this::step).toList());
        }

        private CausalStep step(Link link) {
            if (!(links.get(link.row()) instanceof Row.OfFact fact)
                    || !(fact.version().object() instanceof Value.Entity(var object))) {
                throw new IllegalStateException("a causal fact has no entity as object: " + link);
            }
            FactVersion version = fact.version();
            boolean forward = link.cause() == fact.subjectNode();
            return new CausalStep(
                    forward ? version.subject() : object,
                    forward ? object : version.subject(),
                    version.predicate(),
                    version.fact(),
                    version.qualifiers().strength(),
                    version.qualifiers().confidence(),
                    version.qualifiers().delay(),
                    evidence.of(Candidate.of(fact)));
        }
    }
}
