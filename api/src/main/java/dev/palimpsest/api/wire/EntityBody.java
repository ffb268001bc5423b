package dev.palimpsest.api.wire;

import dev.palimpsest.model.EntityProfile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is believed of an entity's type, names, description, place and existence.
public record EntityBody(
        String id,
        String type,
        @Nullable String name,
        List<String> aliases,
        @Nullable String description,
        @Nullable PointBody place,
        @Nullable IntervalBody exists,
        RecordedBody recorded) {

    public static EntityBody of(EntityProfile profile) {
        return new EntityBody(
                profile.entity().value(),
                profile.type().value(),
                profile.name().orElse(null),
                profile.aliases(),
                profile.description().orElse(null),
                profile.place().map(PointBody::of).orElse(null),
                profile.exists().map(IntervalBody::of).orElse(null),
                RecordedBody.of(profile.recorded()));
    }
}
