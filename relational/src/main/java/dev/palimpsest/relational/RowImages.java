package dev.palimpsest.relational;

import dev.palimpsest.port.Row;
import dev.palimpsest.relational.RowSql.Keyed;
import dev.palimpsest.time.Position;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;

/// Reads the newest images of rows that changes are about.
record RowImages(DataSource source) {

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
    /// Those that were made later come in their time.
    private static final String SUPPORTED =
            """
            select distinct v.from_position, v.id
            from assertion a
            join unnest(?::bigint[], ?::uuid[]) as w (position, id)
              on a.from_position = w.position and a.id = w.id
            join fact_version v
              on v.fact = a.fact and v.until_position = 9223372036854775807
                and v.from_position <= ?
            where a.valid_from < v.valid_until and v.valid_from < a.valid_until
            order by v.from_position, v.id
            """;

    private static final String DOING = "read what changed";

    /// The images of these rows, in this order, then of the versions made by `upTo` that assertions
    /// among them support, all as of one moment. Kinds that projections know nothing of are left
    /// out.
    Map<RowKey, Image> of(List<RowKey> keys, Position upTo) {
        return Snapshot.ask(source, DOING, snapshot -> of(keys, upTo, snapshot));
    }

    private static Map<RowKey, Image> of(List<RowKey> keys, Position upTo, Snapshot snapshot)
            throws SQLException {
        var byKind = new EnumMap<RowKind, List<RowKey>>(RowKind.class);
        for (var key : keys) {
            byKind.computeIfAbsent(key.kind(), _ -> new ArrayList<>()).add(key);
        }
        var found = new HashMap<RowKey, Row>();
        for (var ofOneKind : byKind.entrySet()) {
            for (var keyed : read(ofOneKind.getKey(), ofOneKind.getValue(), snapshot)) {
                found.put(keyed.key(), keyed.image());
            }
        }
        var supporters = Supporters.read(snapshot, found.values());

        var images = new LinkedHashMap<RowKey, Image>();
        for (var key : keys) {
            var row = found.get(key);
            if (row != null) {
                images.put(key, supporters.completed(row));
            }
        }
        var assertions = byKind.getOrDefault(RowKind.ASSERTION, List.of());
        addSupported(supporters.reachingBeyond(found.values(), assertions), upTo, images, snapshot);
        return images;
    }

    private static List<Keyed> read(RowKind kind, List<RowKey> keys, Snapshot snapshot)
            throws SQLException {
        return switch (kind) {
            case ENTITY -> snapshot.list(ENTITIES, RowSql::entity, (Object) numbers(keys));
            case PREDICATE -> snapshot.list(PREDICATES, RowSql::predicate, (Object) numbers(keys));
            case FACT_VERSION ->
                    snapshot.list(FACTS, RowSql::factWithoutSources, positions(keys), ids(keys));
            case PROFILE -> snapshot.list(PROFILES, RowSql::profile, positions(keys), ids(keys));
            case MEMORY -> snapshot.list(MEMORIES, RowSql::memory, positions(keys), ids(keys));
            case ASSERTION, SOURCE, FORGOTTEN -> List.of();
        };
    }

    private static void addSupported(
            List<RowKey> assertions,
            Position upTo,
            LinkedHashMap<RowKey, Image> images,
            Snapshot snapshot)
            throws SQLException {
        if (assertions.isEmpty()) {
            return;
        }
        var supported =
                snapshot.list(
                        SUPPORTED,
                        row ->
                                new RowKey(
                                        RowKind.FACT_VERSION,
                                        row.getObject("id", UUID.class),
                                        row.getLong("from_position")),
                        positions(assertions),
                        ids(assertions),
                        upTo.number());
        supported.removeAll(images.keySet());
        if (!supported.isEmpty()) {
            var found = read(RowKind.FACT_VERSION, supported, snapshot);
            var supporters = Supporters.read(snapshot, found.stream().map(Keyed::image).toList());
            found.forEach(keyed -> images.put(keyed.key(), supporters.completed(keyed.image())));
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
