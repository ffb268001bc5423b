package dev.palimpsest.model;

import com.google.common.collect.Maps;
import java.util.List;
import java.util.Map;
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

    private static final Map<String, Predicate> BY_NAME =
            Maps.uniqueIndex(PREDICATES, predicate -> predicate.name().value());

    private Profile() {}

    public static boolean isPart(PredicateName predicate) {
        return BY_NAME.containsKey(predicate.value());
    }

    public static Optional<Predicate> find(PredicateName predicate) {
        return Optional.ofNullable(BY_NAME.get(predicate.value()));
    }

    private static Predicate functional(PredicateName name, ObjectKind kind) {
        return new Predicate(name, true, false, false, Optional.empty(), Optional.of(kind));
    }
}
