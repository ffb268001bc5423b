package dev.palimpsest.query.plan;

import dev.palimpsest.model.Predicate;
import dev.palimpsest.model.Profile;
import dev.palimpsest.model.SourceId;
import dev.palimpsest.query.index.lucene.Filter;
import dev.palimpsest.query.index.lucene.NodeSet;
import dev.palimpsest.question.Kind;
import java.util.Set;
import java.util.stream.Collectors;

/// `who.sources`: a fact one of them asserts; a memory one of them gave; an entity one of them
/// describes.
///
/// It may let through facts a source asserted at another position only; whoever reads the row again
/// must look.
final class SourcesRule implements Rule {

    private static final Filter DESCRIPTIONS =
            Filter.all(
                    new Filter.Kinds(Set.of(Kind.FACT)),
                    new Filter.Words(
                            Filter.Word.PREDICATE,
                            Profile.PREDICATES.stream()
                                    .map(Predicate::name)
                                    .map(Object::toString)
                                    .collect(Collectors.toSet())));

    private final View view;
    private final Filter said;

    SourcesRule(View view, Set<SourceId> sources) {
        this.view = view;
        this.said =
                new Filter.Words(
                        Filter.Word.SOURCE,
                        sources.stream().map(SourceId::value).collect(Collectors.toSet()));
    }

    @Override
    public Filter filter(Kind kind) {
        return switch (kind) {
            case ENTITY -> new Filter.Nodes(Filter.Role.SELF, described());
            case FACT, MEMORY -> said;
        };
    }

    private NodeSet described() {
        return view.trace()
                .step(
                        "entities described by source",
                        () -> view.nodes(Filter.all(DESCRIPTIONS, said), Filter.Role.SELF),
                        NodeSet::size);
    }
}
