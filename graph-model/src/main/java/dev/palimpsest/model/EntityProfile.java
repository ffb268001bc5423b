package dev.palimpsest.model;

import dev.palimpsest.space.GeoPoint;
import dev.palimpsest.time.Interval;
import dev.palimpsest.time.Recorded;
import java.util.List;
import java.util.Optional;

/// What was believed of an entity's type, names, description, place and existence during one
/// recorded stretch. Of each, the version that starts last in valid time; `aliases` has every other
/// name it goes or went by.
///
/// An entity has exactly one profile visible at any position since it was first mentioned.
public record EntityProfile(
        RowId id,
        EntityId entity,
        EntityType type,
        Optional<String> name,
        List<String> aliases,
        Optional<String> description,
        Optional<GeoPoint> place,
        Optional<Interval> exists,
        Recorded recorded) {

    public EntityProfile {
        aliases = List.copyOf(aliases);
    }

    /// What is embedded of an entity: `name (type). description`.
    public String text() {
        return text(name.orElse(entity.value()), type.value(), description);
    }

    /// The same of its parts.
    public static String text(String name, String type, Optional<String> description) {
        return name + " (" + type + ")." + description.map(words -> " " + words).orElse("");
    }
}
