package dev.palimpsest.relational;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.Row;
import dev.palimpsest.relational.RowSql.Keyed;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;
import java.util.UUID;

/// The queries that make whole [Row]s of rows of the state, wherever those come from: a table, or a
/// part of it.
final class RowSql {

    private RowSql() {}

    /// An image, and where it lies.
    record Keyed(RowKey key, Row image) {}

    static String factsFrom(String versions) {
        return "select "
                + FactRows.COLUMNS
                + ", s.id as space_id, v.subject, v.object_node from "
                + versions
                + " v "
                + FactRows.JOINS
                + "join space s on s.no = v.space ";
    }

    /// Who asserts it is asked for many at once, see [Supporters].
    static Keyed factWithoutSources(ResultSet row) throws SQLException {
        return keyed(RowKind.FACT_VERSION, row, "id", FactRows.row(row, Columns.NEWEST, Set.of()));
    }

    static String profilesFrom(String profiles) {
        return "select "
                + ProfileRows.COLUMNS
                + ", s.id as space_id, v.entity from "
                + profiles
                + " v "
                + ProfileRows.JOINS
                + "join space s on s.no = v.space ";
    }

    static Keyed profile(ResultSet row) throws SQLException {
        return keyed(RowKind.PROFILE, row, "id", ProfileRows.row(row, Columns.NEWEST));
    }

    static String memoriesFrom(String memories) {
        return "select " + MemoryRows.COLUMNS + "from " + memories + " v " + MemoryRows.JOINS;
    }

    static Keyed memory(ResultSet row) throws SQLException {
        return keyed(RowKind.MEMORY, row, "row_id", MemoryRows.row(row, Columns.NEWEST));
    }

    private static Keyed keyed(RowKind kind, ResultSet row, String id, Row image)
            throws SQLException {
        return new Keyed(
                new RowKey(kind, row.getObject(id, UUID.class), row.getLong("from_position")),
                image);
    }

    static final String ENTITIES =
            """
            select v.node, v.id, v.position, v.recorded, s.id as space_id
            from entity v join space s on s.no = v.space
            """;

    static Keyed entity(ResultSet row) throws SQLException {
        long node = row.getLong("node");
        return new Keyed(
                RowKey.ofNumber(RowKind.ENTITY, node),
                new Row.OfEntity(
                        new SpaceId(row.getString("space_id")),
                        new EntityId(row.getString("id")),
                        node,
                        Columns.stamp(row.getLong("position"), row.getLong("recorded"))));
    }

    static final String PREDICATES =
            """
            select v.no, v.name, v.functional, v.causal, v."symmetric", v.inverse, v.object_kind,
                   s.id as space_id
            from predicate v join space s on s.no = v.space
            """;

    static Keyed predicate(ResultSet row) throws SQLException {
        return new Keyed(
                RowKey.ofNumber(RowKind.PREDICATE, row.getLong("no")),
                new Row.OfPredicate(
                        new SpaceId(row.getString("space_id")), PgLedger.predicateOf(row)));
    }
}
