package dev.palimpsest.relational.commit;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.EntityProfile;
import dev.palimpsest.model.EntityType;
import dev.palimpsest.model.RowId;
import dev.palimpsest.space.GeoPoint;
import dev.palimpsest.time.Interval;
import dev.palimpsest.time.Recorded;
import dev.palimpsest.time.Stamp;
import java.util.List;
import java.util.Optional;

/// A row of the table `profile`.
record ProfileRow(RowId id, int space, long node, Portrait portrait, Recorded recorded) {

    /// What it says of the entity.
    record Portrait(
            EntityType type,
            Optional<String> name,
            List<String> aliases,
            Optional<String> description,
            Optional<GeoPoint> place,
            Optional<Interval> exists) {

        Portrait {
            aliases = List.copyOf(aliases);
        }

        /// What is embedded of it.
        String text(EntityId entity) {
            return EntityProfile.text(name.orElse(entity.value()), type.value(), description);
        }
    }

    ProfileRow closedAt(Stamp stamp) {
        return new ProfileRow(id, space, node, portrait, recorded.closedAt(stamp));
    }
}
