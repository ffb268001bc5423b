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

    private final View view;
    private final PlaceFacts places;
    private final Filter within;
    private final NodeSet inside;

    PlaceRule(View view, Region region) {
        this.view = view;
        this.places = new PlaceFacts(view);
        this.within = new Filter.Within(region);
        this.inside = view.trace().step("place join", () -> places.entities(within), NodeSet::size);
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
        var objectInside =
                Filter.all(
                        new Filter.Kinds(Set.of(Kind.FACT)),
                        new Filter.Not(
                                new Filter.Words(
                                        Filter.Word.PREDICATE, Set.of(Profile.PLACE.value()))),
                        Filter.any(within, new Filter.Nodes(Filter.Role.OBJECT, inside)));
        var subjects = view.nodes(objectInside, Filter.Role.SELF).without(inside);
        var placed = places.entities(new Filter.Nodes(Filter.Role.SELF, subjects));
        return Filter.all(
                objectInside, new Filter.Nodes(Filter.Role.SELF, subjects.without(placed)));
    }
}
