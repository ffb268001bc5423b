package dev.palimpsest.query.plan;

import dev.palimpsest.query.index.lucene.Filter;
import dev.palimpsest.query.index.lucene.NodeSet;
import dev.palimpsest.question.Kind;
import dev.palimpsest.question.Quantity;
import java.util.List;

/// `what.quantities` with bounds: an entity with a number within each of them; a fact about one; a
/// memory that mentions one.
final class BoundsRule implements Rule {

    private final NodeSet inside;

    BoundsRule(View view, List<Quantity.Within> bounds) {
        this.inside = view.trace().step("quantity join", () -> inside(view, bounds), NodeSet::size);
    }

    private static NodeSet inside(View view, List<Quantity.Within> bounds) {
        return bounds.stream()
                .map(bound -> new QuantityFacts(view, bound.predicate()).within(bound))
                .reduce(NodeSet::and)
                .orElseThrow();
    }

    @Override
    public Filter filter(Kind kind) {
        return switch (kind) {
            case ENTITY, FACT -> new Filter.Nodes(Filter.Role.SELF, inside);
            case MEMORY -> new Filter.Nodes(Filter.Role.MENTIONED, inside);
        };
    }
}
