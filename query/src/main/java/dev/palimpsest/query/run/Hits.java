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
import dev.palimpsest.query.plan.View;
import dev.palimpsest.query.rank.Judged;
import dev.palimpsest.query.rank.Ranking.Ranked;
import dev.palimpsest.question.Hit;
import dev.palimpsest.question.Hit.CausalStep;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Makes hits of what was ranked: gives them evidence and the chains they are on. A chain whose
/// facts the ledger no longer gives out takes its hit with it.
final class Hits {

    private final Ledger ledger;

    Hits(Ledger ledger) {
        this.ledger = ledger;
    }

    List<Hit> of(List<Ranked> ranked, View view) {
        var all = ranked.stream().flatMap(Hits::withFolded).toList();
        var links = links(all, view);
        var evidence = new Evidence(view.space(), said(all, view));
        var hits = new ArrayList<Hit>();
        for (var one : ranked) {
            var folded =
                    one.folded().stream()
                            .flatMap(fact -> hit(fact, List.of(), evidence, links).stream())
                            .toList();
            hit(one.judged(), folded, evidence, links).ifPresent(hits::add);
        }
        return hits;
    }

    private static Stream<Judged> withFolded(Ranked ranked) {
        return Stream.concat(Stream.of(ranked.judged()), ranked.folded().stream());
    }

    private Map<RowId, Row> links(List<Judged> all, View view) {
        Set<RowId> wanted = new HashSet<>();
        for (var judged : all) {
            for (Chain chain : judged.chains()) {
                chain.links().forEach(link -> wanted.add(link.row()));
            }
        }
        return wanted.isEmpty()
                ? Map.of()
                : view.trace()
                        .step(
                                "read chains",
                                () -> ledger.rows(view.space(), wanted, view.at()),
                                Map::size);
    }

    private Map<FactId, List<Assertion>> said(List<Judged> all, View view) {
        Set<FactId> facts = new HashSet<>();
        all.forEach(judged -> facts.addAll(Evidence.factsOf(view.space(), judged.candidate())));
        return facts.isEmpty()
                ? Map.of()
                : view.trace()
                        .step(
                                "evidence",
                                () -> ledger.assertions(view.space(), facts, view.at()),
                                Map::size);
    }

    private static Optional<Hit> hit(
            Judged judged, List<Hit> folded, Evidence evidence, Map<RowId, Row> links) {
        var path = new ArrayList<CausalStep>();
        for (Chain chain : judged.chains()) {
            for (Link link : chain.links()) {
                if (!(links.get(link.row()) instanceof Row.OfFact fact)) {
                    return Optional.empty();
                }
                path.add(step(link, fact));
            }
        }
        return Optional.of(
                new Hit(
                        judged.candidate().found(),
                        judged.score(),
                        judged.by(),
                        evidence.of(judged.candidate()),
                        path,
                        folded));
    }

    private static CausalStep step(Link link, Row.OfFact fact) {
        FactVersion version = fact.version();
        if (!(version.object() instanceof Value.Entity(var object))) {
            throw new IllegalStateException("a causal fact has no entity as object: " + version);
        }
        boolean forward = link.cause() == fact.subjectNode();
        return new CausalStep(
                forward ? version.subject() : object,
                forward ? object : version.subject(),
                version.predicate(),
                version.fact(),
                version.qualifiers().strength(),
                version.qualifiers().delay());
    }
}
