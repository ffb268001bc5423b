package dev.palimpsest.relational;

import dev.palimpsest.model.MemoryId;
import dev.palimpsest.model.RowId;
import dev.palimpsest.model.SourceId;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.Row;
import dev.palimpsest.time.Position;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// Reads whole rows by their ids, as projections get them, visible at a position.
record RowReads(SpaceReads reads) {

    private static final String FACTS =
            "select "
                    + FactRows.COLUMNS
                    + """
                    , s.id as space_id, v.subject, v.object_node,
                    array(select distinct o.id from assertion a join source o on o.no = a.source
                          where a.fact = v.fact
                          and a.from_position <= ? and a.until_position > ?
                          and a.valid_from < v.valid_until
                          and v.valid_from < a.valid_until) as sources
                    from
                    """
                    + FactRows.TABLES
                    + """
                    join space s on s.no = v.space
                    where v.id = any (?) and s.id = ?
                    and v.from_position <= ? and v.until_position > ?
                    """;

    private static final String PROFILES =
            RowSql.profilesFrom("profile")
                    + """
                    where v.id = any (?) and s.id = ?
                    and v.from_position <= ? and v.until_position > ?
                    """;

    private static final String MEMORIES =
            RowSql.memoriesFrom("memory")
                    + """
                    where v.row_id = any (?) and s.id = ?
                    and v.from_position <= ? and v.until_position > ?
                    """;

    private static final String MEMORY =
            RowSql.memoriesFrom("memory")
                    + """
                    where v.space = (select no from space where id = ?) and v.id = ?
                    and v.from_position <= ? and v.until_position > ?
                    """;

    Map<RowId, Row> visible(SpaceId space, Collection<RowId> ids, Position at) {
        Map<RowId, Row> rows = HashMap.newHashMap(ids.size());
        if (ids.isEmpty()) {
            return rows;
        }
        var wanted = ids.stream().map(RowId::value).toArray(UUID[]::new);
        var doing = "read " + wanted.length + " rows";
        long p = at.number();
        String s = space.value();
        for (var fact :
                reads.list(
                        doing,
                        space,
                        FACTS,
                        row -> FactRows.row(row, at, sources(row)),
                        p,
                        p,
                        wanted,
                        s,
                        p,
                        p)) {
            rows.put(fact.version().id(), fact);
        }
        for (var profile :
                reads.list(
                        doing, space, PROFILES, row -> ProfileRows.row(row, at), wanted, s, p, p)) {
            rows.put(profile.profile().id(), profile);
        }
        for (var memory :
                reads.list(
                        doing, space, MEMORIES, row -> MemoryRows.row(row, at), wanted, s, p, p)) {
            rows.put(memory.id(), memory);
        }
        return rows;
    }

    private static Set<SourceId> sources(ResultSet row) throws SQLException {
        var ids = (String[]) row.getArray("sources").getArray();
        return Arrays.stream(ids).map(SourceId::new).collect(Collectors.toSet());
    }

    Optional<Row.OfMemory> memory(SpaceId space, MemoryId id, Position at) {
        return reads.first(
                "read memory " + id,
                space,
                MEMORY,
                row -> MemoryRows.row(row, at),
                space.value(),
                id.value(),
                at.number(),
                at.number());
    }
}
