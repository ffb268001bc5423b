package dev.palimpsest.query.plan;

import dev.palimpsest.model.EntityType;
import dev.palimpsest.query.index.lucene.Filter;
import dev.palimpsest.query.index.lucene.NodeSet;
import dev.palimpsest.question.Kind;
import java.util.Set;
import java.util.stream.Collectors;

/// `what.types`: an entity of one of them; a fact about one; a memory that mentions one.
final class TypesRule implements Rule {

    private final View view;
    private final Filter typed;

    TypesRule(View view, Set<EntityType> types) {
        this.view = view;
        this.typed =
                new Filter.Words(
                        Filter.Word.TYPE,
                        types.stream().map(EntityType::value).collect(Collectors.toSet()));
    }

    @Override
    public Filter filter(Kind kind) {
        return switch (kind) {
            case ENTITY -> typed;
            case FACT -> new Filter.Nodes(Filter.Role.SELF, entities());
            case MEMORY -> new Filter.Nodes(Filter.Role.MENTIONED, entities());
        };
    }

    private NodeSet entities() {
        return view.trace()
                .step(
                        "entities of type",
                        () ->
                                view.nodes(
                                        Filter.all(new Filter.Kinds(Set.of(Kind.ENTITY)), typed),
                                        Filter.Role.SELF),
                        NodeSet::size);
    }
}
