package dev.palimpsest.model;

import java.util.List;
import java.util.Optional;

/// The predicates that make up an entity's profile. They are known in every space.
public final class Profile {

    public static final PredicateName TYPE = new PredicateName("type");
    public static final PredicateName NAME = new PredicateName("name");
    public static final PredicateName ALIAS = new PredicateName("alias");
    public static final PredicateName DESCRIPTION = new PredicateName("description");
    public static final PredicateName PLACE = new PredicateName("place");

    /// `true` over the interval in which the entity exists or the event happens.
    public static final PredicateName EXISTS = new PredicateName("exists");

    /// How each of them is registered.
    public static final List<Predicate> PREDICATES =
            List.of(
                    functional(TYPE, ObjectKind.STRING),
                    functional(NAME, ObjectKind.STRING),
                    Predicate.plain(ALIAS).of(ObjectKind.STRING),
                    functional(DESCRIPTION, ObjectKind.STRING),
                    functional(PLACE, ObjectKind.GEO),
                    functional(EXISTS, ObjectKind.BOOLEAN));

    private Profile() {}

    public static boolean isPart(PredicateName predicate) {
        return find(predicate).isPresent();
    }

    public static Optional<Predicate> find(PredicateName predicate) {
        return PREDICATES.stream().filter(known -> known.name().equals(predicate)).findFirst();
    }

    private static Predicate functional(PredicateName name, ObjectKind kind) {
        return new Predicate(name, true, false, false, Optional.empty(), Optional.of(kind));
    }
}
