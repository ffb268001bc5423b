package dev.palimpsest.relational;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.EntityProfile;
import dev.palimpsest.model.EntityType;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.Ledger.EntityFilter;
import dev.palimpsest.port.Ledger.Page;
import dev.palimpsest.port.Ledger.PageRequest;
import dev.palimpsest.time.Position;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Reads entities: their profiles and their numbers.
record EntityReads(SpaceReads reads) {

    private static final String ONE =
            "select "
                    + ProfileRows.COLUMNS
                    + "from "
                    + ProfileRows.TABLES
                    + """
                    where e.space = (select no from space where id = ?) and e.id = ?
                    and v.from_position <= ? and v.until_position > ?
                    """;

    private static final String MANY =
            "select "
                    + ProfileRows.COLUMNS
                    + "from "
                    + ProfileRows.TABLES
                    + """
                    where e.space = (select no from space where id = ?) and v.space = e.space
                    and e.id > ?
                    and v.from_position <= ? and v.until_position > ?
                    and (?::text is null or v.type = ?)
                    and (?::text is null
                         or starts_with(lower(v.name), lower(?))
                         or exists (select from unnest(v.aliases) alias
                                    where starts_with(lower(alias), lower(?))))
                    order by e.id
                    limit ?
                    """;

    private static final String NODES =
            """
            select id, node from entity
            where space = (select no from space where id = ?) and id = any (?)
            """;

    private static final String OF_NODES =
            """
            select id, node from entity
            where space = (select no from space where id = ?) and node = any (?)
            """;

    Optional<EntityProfile> one(SpaceId space, EntityId entity, Position at) {
        return reads.first(
                "read entity " + entity,
                space,
                ONE,
                row -> ProfileRows.profile(row, at),
                space.value(),
                entity.value(),
                at.number(),
                at.number());
    }

    Page<EntityProfile> many(SpaceId space, EntityFilter filter, Position at, PageRequest page) {
        var type = filter.type().map(EntityType::value);
        var found =
                reads.list(
                        "list entities of " + space,
                        space,
                        MANY,
                        row -> ProfileRows.profile(row, at),
                        space.value(),
                        page.after().orElse(""),
                        at.number(),
                        at.number(),
                        type,
                        type,
                        filter.namePrefix(),
                        filter.namePrefix(),
                        filter.namePrefix(),
                        page.size() + 1);
        return Paging.page(found, page, profile -> profile.entity().value());
    }

    Map<EntityId, Long> nodes(SpaceId space, Collection<EntityId> entities) {
        if (entities.isEmpty()) {
            return Map.of();
        }
        return numbered(
                        space,
                        NODES,
                        space.value(),
                        entities.stream().map(EntityId::value).toArray(String[]::new))
                .collect(Collectors.toMap(Numbered::entity, Numbered::node));
    }

    Map<Long, EntityId> ofNodes(SpaceId space, Collection<Long> nodes) {
        if (nodes.isEmpty()) {
            return Map.of();
        }
        return numbered(space, OF_NODES, space.value(), nodes.toArray(Long[]::new))
                .collect(Collectors.toMap(Numbered::node, Numbered::entity));
    }

    private Stream<Numbered> numbered(SpaceId space, String sql, Object... parameters) {
        return reads
                .list(
                        "look up the numbers of entities",
                        space,
                        sql,
                        row -> new Numbered(new EntityId(row.getString("id")), row.getLong("node")),
                        parameters)
                .stream();
    }

    private record Numbered(EntityId entity, long node) {}
}
