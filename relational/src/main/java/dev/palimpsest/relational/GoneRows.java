package dev.palimpsest.relational;

import dev.palimpsest.model.PredicateName;
import dev.palimpsest.model.RowId;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.Gone;
import dev.palimpsest.port.StoreException;
import dev.palimpsest.relational.commit.Codes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Reads what was forgotten, as projections are told of it.
record GoneRows(Reads reads) {

    /// Where the space has no name any more, every projection is rid of it.
    private static final String GONE =
            """
            select g.kind, g.row_id, g.node, g.object_kind, g.object_node, g.stays, s.id as space_id,
                   p.name as predicate
            from gone_row g
            join space s on s.no = g.space and not starts_with(s.id, '#')
            left join predicate p on p.no = g.predicate
            where g.position > ? and g.position <= ?
            order by g.position, g.no
            """;

    /// Its rows here are deleted when all that follow have passed, and dropped it for good.
    private static final String CLEANED =
            """
            select position from forgotten where position > ? and position <= ? and cleaned limit 1
            """;

    /// What was forgotten after one position and up to another.
    ///
    /// @throws StoreException.Corrupt if that is no longer known, so that whoever stands at `after`
    ///   must be built again: it comes from another folder, or lost what it had written
    List<Gone> between(long after, long upTo) {
        var cleaned =
                reads.first("read what was forgotten", CLEANED, row -> row.getLong(1), after, upTo);
        if (cleaned.isPresent()) {
            throw new StoreException.Corrupt(
                    "what was forgotten at "
                            + cleaned.get()
                            + " was cleaned away before this saw it: rebuild it");
        }
        return reads.list("read what was forgotten", GONE, GoneRows::gone, after, upTo).stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Gone> gone(ResultSet row) throws SQLException {
        var space = new SpaceId(row.getString("space_id"));
        int kind = row.getInt("kind");
        if (kind == Codes.GONE_SPACE) {
            return Optional.of(new Gone.OfSpace(space));
        }
        long node = row.getLong("node");
        return switch (RowKind.numbered(kind)) {
            case ENTITY -> Optional.of(new Gone.OfEntity(space, node));
            case MEMORY ->
                    Optional.of(new Gone.OfMemory(space, id(row), node, row.getBoolean("stays")));
            case PROFILE -> Optional.of(new Gone.OfProfile(space, id(row), node));
            case FACT_VERSION -> fact(row, space, node);
            case PREDICATE, ASSERTION, SOURCE, FORGOTTEN -> Optional.empty();
        };
    }

    /// Without its predicate the whole space is gone, and a later row says so.
    private static Optional<Gone> fact(ResultSet row, SpaceId space, long subject)
            throws SQLException {
        var predicate = Columns.text(row, "predicate");
        return predicate.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Gone.OfFact(
                                space,
                                id(row),
                                subject,
                                new PredicateName(predicate.get()),
                                Columns.kind(row.getInt("object_kind")),
                                Columns.number(row, "object_node")));
    }

    private static RowId id(ResultSet row) throws SQLException {
        return new RowId(row.getObject("row_id", UUID.class));
    }
}
