package dev.palimpsest.model;

import java.util.Optional;

/// What a space knows of a predicate. One that nobody registered is multi-valued and nothing else.
///
/// @param functional one object at any valid moment
/// @param causal its subject is a cause of its object
/// @param symmetric it holds in both directions
/// @param inverse the predicate that says the same from object to subject
/// @param object the only kind of object it takes, if bound
public record Predicate(
        PredicateName name,
        boolean functional,
        boolean causal,
        boolean symmetric,
        Optional<PredicateName> inverse,
        Optional<ObjectKind> object) {

    public Predicate {
        if ((causal || symmetric || inverse.isPresent())
                && object.map(kind -> kind != ObjectKind.ENTITY).orElse(false)) {
            throw new IllegalArgumentException(
                    name + " relates entities, so its object must be an entity");
        }
        if (causal && symmetric) {
            throw new IllegalArgumentException(name + " cannot be causal and symmetric");
        }
    }

    public static Predicate plain(PredicateName name) {
        return new Predicate(name, false, false, false, Optional.empty(), Optional.empty());
    }

    public Predicate of(ObjectKind kind) {
        return new Predicate(name, functional, causal, symmetric, inverse, Optional.of(kind));
    }
}
