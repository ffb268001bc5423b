package dev.palimpsest.query.run;

import dev.palimpsest.query.index.lucene.Match;
import dev.palimpsest.query.index.lucene.NodeSet;
import dev.palimpsest.query.plan.PlaceFacts;
import dev.palimpsest.query.plan.Plan;
import dev.palimpsest.query.plan.QuantityFacts;
import dev.palimpsest.query.rank.Judge.Distances;
import dev.palimpsest.question.Constraint.What;
import dev.palimpsest.question.Constraint.Where;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/// Looks up how far the entities that rows are about are from what a question asks to be near.
final class SoftDistances {

    private SoftDistances() {}

    static Distances of(Plan plan, Collection<Match> rows) {
        var trace = plan.view().trace();
        var around = plan.question().find(Where.Around.class);
        var wanted = plan.question().find(What.Quantities.class);
        var entities = around.isPresent() || wanted.isPresent() ? about(rows) : NodeSet.EMPTY;
        var kilometres =
                around.map(asked ->
                                trace.step(
                                        "distances",
                                        () ->
                                                new PlaceFacts(plan.view())
                                                        .distances(entities, asked.point()),
                                        Map::size))
                        .orElse(Map.of());
        var quantities =
                wanted.map(asked ->
                                trace.step(
                                        "quantities",
                                        () -> quantities(plan, asked, entities),
                                        SoftDistances::count))
                        .orElse(List.of());
        return new Distances(kilometres, quantities);
    }

    private static List<Map<Long, Double>> quantities(
            Plan plan, What.Quantities asked, NodeSet entities) {
        return asked.wanted().stream()
                .map(wanted ->
                        new QuantityFacts(plan.view(), wanted.predicate())
                                .distances(entities, wanted.number()))
                .toList();
    }

    private static long count(List<Map<Long, Double>> distances) {
        return distances.stream().mapToLong(Map::size).sum();
    }

    private static NodeSet about(Collection<Match> rows) {
        List<Long> entities = new ArrayList<>();
        rows.forEach(row -> entities.addAll(row.about()));
        return NodeSet.of(entities);
    }
}
