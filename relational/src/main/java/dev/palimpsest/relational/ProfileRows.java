package dev.palimpsest.relational;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.EntityProfile;
import dev.palimpsest.model.EntityType;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.Row;
import dev.palimpsest.time.Interval;
import dev.palimpsest.time.Position;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// Rows of `profile`, as the domain has them.
final class ProfileRows {

    /// What of a profile `v` and its entity `e` makes an [EntityProfile].
    static final String COLUMNS =
            """
            v.id, e.id as entity_id, v.type, v.name, v.aliases, v.description,
            v.latitude, v.longitude, v.exists_from, v.exists_until, v.exists_end,
            v.from_position, v.recorded_from, v.until_position, v.recorded_until
            """;

    /// What to join to `v` for [#COLUMNS].
    static final String JOINS =
            """
            join entity e on e.node = v.entity
            """;

    /// The table and its joins.
    static final String TABLES = "profile v " + JOINS;

    private ProfileRows() {}

    /// The profile, as known at `at`.
    static EntityProfile profile(ResultSet row, Position at) throws SQLException {
        return new EntityProfile(
                Columns.rowId(row, "id"),
                new EntityId(row.getString("entity_id")),
                new EntityType(row.getString("type")),
                Columns.text(row, "name"),
                List.of((String[]) row.getArray("aliases").getArray()),
                Columns.text(row, "description"),
                Columns.place(row),
                exists(row),
                Columns.recorded(row, at));
    }

    /// The profile with its `space_id` and the entity's node.
    static Row.OfProfile row(ResultSet row, Position at) throws SQLException {
        return new Row.OfProfile(
                new SpaceId(row.getString("space_id")), profile(row, at), row.getLong("entity"));
    }

    private static Optional<Interval> exists(ResultSet row) throws SQLException {
        var end = Columns.text(row, "exists_end");
        return end.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        Interval.ofMicros(
                                row.getLong("exists_from"),
                                row.getLong("exists_until"),
                                end.get().charAt(0)));
    }
}
