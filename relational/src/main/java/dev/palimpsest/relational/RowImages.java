package dev.palimpsest.relational;

import dev.palimpsest.port.Row;
import dev.palimpsest.relational.RowSql.Keyed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Reads the newest images of rows that changes are about.
record RowImages(Reads reads) {

    private static final String AT_KEYS =
            """
            join unnest(?::bigint[], ?::uuid[]) as w (position, id)
              on v.from_position = w.position
            """;

    private static final String FACTS =
            RowSql.factsFrom("fact_version") + AT_KEYS + "and v.id = w.id";
    private static final String PROFILES =
            RowSql.profilesFrom("profile") + AT_KEYS + "and v.id = w.id";
    private static final String MEMORIES =
            RowSql.memoriesFrom("memory") + AT_KEYS + "and v.row_id = w.id";
    private static final String ENTITIES = RowSql.ENTITIES + "where v.node = any (?)";
    private static final String PREDICATES = RowSql.PREDICATES + "where v.no = any (?)";

    /// The versions now believed of facts about which something was said: who says so has changed.
    private static final String SUPPORTED =
            """
            select distinct v.from_position, v.id
            from assertion a
            join unnest(?::bigint[], ?::uuid[]) as w (position, id)
              on a.from_position = w.position and a.id = w.id
            join fact_version v
              on v.fact = a.fact and v.until_position = 9223372036854775807
            where a.valid_from < v.valid_until and v.valid_from < a.valid_until
            order by v.from_position, v.id
            """;

    private static final String DOING = "read what changed";

    /// The images of these rows, in this order, then of the versions that assertions among them
    /// support. Kinds that projections know nothing of are left out.
    Map<RowKey, Row> of(List<RowKey> keys) {
        var byKind = new HashMap<RowKind, List<RowKey>>();
        for (var key : keys) {
            byKind.computeIfAbsent(key.kind(), _ -> new ArrayList<>()).add(key);
        }
        var found = new HashMap<RowKey, Row>();
        byKind.forEach((kind, wanted) ->
                read(kind, wanted).forEach(keyed -> found.put(keyed.key(), keyed.image())));

        var images = new LinkedHashMap<RowKey, Row>();
        for (var key : keys) {
            var image = found.get(key);
            if (image != null) {
                images.put(key, image);
            }
        }
        addSupported(byKind.getOrDefault(RowKind.ASSERTION, List.of()), images);
        return images;
    }

    private List<Keyed> read(RowKind kind, List<RowKey> keys) {
        return switch (kind) {
            case ENTITY -> reads.list(DOING, ENTITIES, RowSql::entity, (Object) numbers(keys));
            case PREDICATE ->
                    reads.list(DOING, PREDICATES, RowSql::predicate, (Object) numbers(keys));
            case FACT_VERSION -> reads.list(DOING, FACTS, RowSql::fact, positions(keys), ids(keys));
            case PROFILE ->
                    reads.list(DOING, PROFILES, RowSql::profile, positions(keys), ids(keys));
            case MEMORY -> reads.list(DOING, MEMORIES, RowSql::memory, positions(keys), ids(keys));
            case ASSERTION, SOURCE, FORGOTTEN -> List.of();
        };
    }

    private void addSupported(List<RowKey> assertions, LinkedHashMap<RowKey, Row> images) {
        if (assertions.isEmpty()) {
            return;
        }
        var supported =
                reads.list(
                        DOING,
                        SUPPORTED,
                        row ->
                                new RowKey(
                                        RowKind.FACT_VERSION,
                                        row.getObject("id", UUID.class),
                                        row.getLong("from_position")),
                        positions(assertions),
                        ids(assertions));
        supported.removeAll(images.keySet());
        if (!supported.isEmpty()) {
            read(RowKind.FACT_VERSION, supported)
                    .forEach(keyed -> images.put(keyed.key(), keyed.image()));
        }
    }

    private static Long[] numbers(List<RowKey> keys) {
        return keys.stream().map(RowKey::number).toArray(Long[]::new);
    }

    private static Long[] positions(List<RowKey> keys) {
        return keys.stream().map(RowKey::position).toArray(Long[]::new);
    }

    private static UUID[] ids(List<RowKey> keys) {
        return keys.stream().map(RowKey::id).toArray(UUID[]::new);
    }
}
