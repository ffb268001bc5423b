package dev.palimpsest.api.wire;

import dev.palimpsest.model.ObjectKind;
import dev.palimpsest.model.Predicate;
import dev.palimpsest.model.PredicateName;
import org.jspecify.annotations.Nullable;

/// What a space knows of a predicate.
public record PredicateBody(
        String id,
        boolean functional,
        boolean causal,
        boolean symmetric,
        @Nullable String inverse,
        @Nullable String object) {

    public static PredicateBody of(Predicate predicate) {
        return new PredicateBody(
                predicate.name().value(),
                predicate.functional(),
                predicate.causal(),
                predicate.symmetric(),
                predicate.inverse().map(PredicateName::value).orElse(null),
                predicate.object().map(ObjectKind::word).orElse(null));
    }
}
