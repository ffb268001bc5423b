package dev.palimpsest.query.plan;

import dev.palimpsest.model.PredicateName;
import dev.palimpsest.query.index.lucene.Filter;
import dev.palimpsest.query.index.lucene.NodeSet;
import dev.palimpsest.query.index.lucene.ScannedRow;
import dev.palimpsest.query.index.lucene.Selection;
import dev.palimpsest.question.Quantity;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// How much entities have of a quantity at the time a question is about.
public final class QuantityFacts {

    /// What is further from a number than so many halves scores next to nothing.
    private static final int FAR = 8;

    private final View view;
    private final EntityFacts facts;

    public QuantityFacts(View view, PredicateName predicate) {
        this.view = view;
        this.facts = new EntityFacts(view, predicate);
    }

    /// The entities that have a number within the bounds.
    NodeSet within(Quantity.Within bounds) {
        return facts.entities(new Filter.Numbered(bounds.lowest(), bounds.highest()));
    }

    /// How far each of these entities is from a number, by the nearest of its own; those without
    /// one are left out. Looks at facts about these entities alone.
    public Map<Long, Double> distances(NodeSet entities, double number) {
        return entities.isEmpty()
                ? Map.of()
                : distances(facts.about(entities).and(Filter.Numbered.ANY), number);
    }

    /// Of these entities the nearest to what is wanted, at most so many.
    public NodeSet nearest(NodeSet entities, Quantity.Near wanted, int most) {
        if (entities.isEmpty()) {
            return entities;
        }
        double reach = FAR * wanted.half();
        var close = new Filter.Numbered(wanted.number() - reach, wanted.number() + reach);
        var about = facts.about(entities);
        var distances = distances(about.and(close), wanted.number());
        if (distances.size() < most) {
            distances = distances(about.and(Filter.Numbered.ANY), wanted.number());
        }
        return NodeSet.of(
                distances.entrySet().stream()
                        .sorted(
                                Map.Entry.<Long, Double>comparingByValue()
                                        .thenComparing(
                                                Map.Entry.comparingByKey(
                                                        Comparator.reverseOrder())))
                        .limit(most)
                        .mapToLong(Map.Entry::getKey)
                        .toArray());
    }

    private Map<Long, Double> distances(Selection which, double number) {
        Map<Long, Double> distances = new HashMap<>();
        view.text()
                .scan(
                        view.space(),
                        which,
                        Set.of(ScannedRow.Column.NUMBER),
                        row ->
                                row.number()
                                        .ifPresent(found ->
                                                distances.merge(
                                                        row.node(),
                                                        Math.abs(found - number),
                                                        Math::min)));
        return distances;
    }
}
