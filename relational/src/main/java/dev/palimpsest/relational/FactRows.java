package dev.palimpsest.relational;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.FactId;
import dev.palimpsest.model.FactVersion;
import dev.palimpsest.model.PredicateName;
import dev.palimpsest.model.SourceId;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.Row;
import dev.palimpsest.time.Position;
import dev.palimpsest.time.Recorded;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;
import java.util.UUID;

/// Rows of `fact_version`, as the domain has them.
final class FactRows {

    /// What of a version `v`, its subject `e` and its predicate `p` makes a [FactVersion].
    static final String COLUMNS =
            """
            v.id, v.fact, e.id as subject_id, p.name as predicate_name, v.object_kind, v.object,
            v.valid_from, v.valid_until, v.valid_end,
            v.confidence, v.strength, v.delay_mean, v.delay_sd, v.statement,
            v.from_position, v.recorded_from, v.until_position, v.recorded_until
            """;

    /// What to join to `v` for [#COLUMNS].
    static final String JOINS =
            """
            join entity e on e.node = v.subject
            join predicate p on p.no = v.predicate
            """;

    /// The table and its joins.
    static final String TABLES = "fact_version v " + JOINS;

    private FactRows() {}

    /// The version, as known at `at`.
    static FactVersion version(ResultSet row, Position at) throws SQLException {
        return version(row, Columns.recorded(row, at));
    }

    private static FactVersion version(ResultSet row, Recorded recorded) throws SQLException {
        return new FactVersion(
                Columns.rowId(row, "id"),
                new FactId(row.getObject("fact", UUID.class)),
                new EntityId(row.getString("subject_id")),
                new PredicateName(row.getString("predicate_name")),
                Columns.object(row),
                Columns.valid(row),
                Columns.qualifiers(row),
                recorded);
    }

    /// The version with its `space_id` and nodes, and those who assert it.
    static Row.OfFact row(ResultSet row, Position at, Set<SourceId> sources) throws SQLException {
        return new Row.OfFact(
                new SpaceId(row.getString("space_id")),
                version(row, at),
                row.getLong("subject"),
                Columns.number(row, "object_node"),
                sources);
    }
}
