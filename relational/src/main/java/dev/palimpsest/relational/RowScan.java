package dev.palimpsest.relational;

import dev.palimpsest.port.Row;
import dev.palimpsest.relational.RowSql.Keyed;
import dev.palimpsest.time.Position;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/// Reads the whole state, batch by batch in the order of its keys. Each batch is a query of its
/// own, so that however long the reader takes, no transaction stays open.
record RowScan(Reads reads) {

    private static final String PREDICATES =
            RowSql.PREDICATES + "where v.no > ? and v.position <= ? order by v.no limit ?";
    private static final String ENTITIES =
            RowSql.ENTITIES + "where v.node > ? and v.position <= ? order by v.node limit ?";
    private static final String PROFILES =
            RowSql.profilesFrom(nextOf("profile", "id")) + "order by v.from_position, v.id";
    private static final String FACTS =
            RowSql.factsFrom(nextOf("fact_version", "id")) + "order by v.from_position, v.id";
    private static final String MEMORIES =
            RowSql.memoriesFrom(nextOf("memory", "row_id")) + "order by v.from_position, v.row_id";

    private static final String DOING = "read the whole state";
    private static final UUID LOWEST_ID = new UUID(0, 0);

    /// The first bound is there for the planner, which knows by it what partitions to leave out.
    private static String nextOf(String table, String id) {
        return """
        (select * from %s
         where from_position >= ? and (from_position, %s) > (?, ?) and from_position <= ?
         order by from_position, %s
         limit ?)\
        """
                .formatted(table, id, id);
    }

    /// Hands over all rows of these kinds recorded up to `head`.
    void upTo(
            Position head,
            Set<Class<? extends Row>> kinds,
            int batchSize,
            Consumer<List<Row>> sink) {
        if (kinds.contains(Row.OfPredicate.class)) {
            numbered(PREDICATES, RowSql::predicate, head, batchSize, sink);
        }
        if (kinds.contains(Row.OfEntity.class)) {
            numbered(ENTITIES, RowSql::entity, head, batchSize, sink);
        }
        if (kinds.contains(Row.OfProfile.class)) {
            placed(PROFILES, RowSql::profile, head, batchSize, sink);
        }
        if (kinds.contains(Row.OfFact.class)) {
            placed(FACTS, RowSql::fact, head, batchSize, sink);
        }
        if (kinds.contains(Row.OfMemory.class)) {
            placed(MEMORIES, RowSql::memory, head, batchSize, sink);
        }
    }

    private void numbered(
            String sql,
            Sql.Mapper<Keyed> mapper,
            Position head,
            int batchSize,
            Consumer<List<Row>> sink) {
        long after = Long.MIN_VALUE;
        List<Keyed> batch;
        do {
            batch = reads.list(DOING, sql, mapper, after, head.number(), batchSize);
            handOver(batch, sink);
            after = batch.isEmpty() ? after : batch.getLast().key().number();
        } while (batch.size() == batchSize);
    }

    private void placed(
            String sql,
            Sql.Mapper<Keyed> mapper,
            Position head,
            int batchSize,
            Consumer<List<Row>> sink) {
        long position = 0;
        UUID id = LOWEST_ID;
        List<Keyed> batch;
        do {
            batch =
                    reads.list(
                            DOING, sql, mapper, position, position, id, head.number(), batchSize);
            handOver(batch, sink);
            if (!batch.isEmpty()) {
                position = batch.getLast().key().position();
                id = batch.getLast().key().id();
            }
        } while (batch.size() == batchSize);
    }

    private static void handOver(List<Keyed> batch, Consumer<List<Row>> sink) {
        if (!batch.isEmpty()) {
            sink.accept(batch.stream().map(Keyed::image).toList());
        }
    }
}
