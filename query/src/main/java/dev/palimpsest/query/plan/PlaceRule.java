package dev.palimpsest.query.plan;

import dev.palimpsest.model.Profile;
import dev.palimpsest.query.index.lucene.Filter;
import dev.palimpsest.query.index.lucene.NodeSet;
import dev.palimpsest.question.Kind;
import dev.palimpsest.space.Region;
import java.util.Set;

/// `where.within`: an entity by its place facts; a fact by its subject's place, or its object's if
/// the subject has none; a memory by its own place, or if it has none by those of what it mentions.
final class PlaceRule implements Rule {

    private final Filter within;
    private final NodeSet inside;
    private final NodeSet placed;

    PlaceRule(View view, Region region) {
        var places = new PlaceFacts(view);
        this.within = new Filter.Within(region);
        this.inside = view.trace().step("place join", () -> places.entities(within), NodeSet::size);
        this.placed =
                view.trace()
                        .step(
                                "entities with a place",
                                () -> places.entities(Filter.ANYTHING),
                                NodeSet::size);
    }

    @Override
    public Filter filter(Kind kind) {
        return switch (kind) {
            case ENTITY -> new Filter.Nodes(Filter.Role.SELF, inside);
            case FACT -> Filter.any(new Filter.Nodes(Filter.Role.SELF, inside), byObject());
            case MEMORY ->
                    Filter.any(
                            within,
                            Filter.all(
                                    new Filter.Not(new Filter.HasPlace()),
                                    new Filter.Nodes(Filter.Role.MENTIONED, inside)));
        };
    }

    private Filter byObject() {
        return Filter.all(
                new Filter.Kinds(Set.of(Kind.FACT)),
                new Filter.Not(
                        new Filter.Words(Filter.Word.PREDICATE, Set.of(Profile.PLACE.value()))),
                Filter.any(within, new Filter.Nodes(Filter.Role.OBJECT, inside)),
                new Filter.Not(new Filter.Nodes(Filter.Role.SELF, placed)));
    }
}
