package dev.palimpsest.relational;

import dev.palimpsest.port.Row;
import dev.palimpsest.relational.RowSql.Keyed;
import dev.palimpsest.time.Position;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;

/// Reads the whole state, batch by batch in the order of its keys. Each batch is a transaction of
/// its own, so that however long the reader takes, none stays open.
record RowScan(DataSource source) {

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
            placed(FACTS, RowSql::factWithoutSources, head, batchSize, sink);
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
            batch = batch(sql, mapper, sink, after, head.number(), batchSize);
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
            batch = batch(sql, mapper, sink, position, position, id, head.number(), batchSize);
            if (!batch.isEmpty()) {
                position = batch.getLast().key().position();
                id = batch.getLast().key().id();
            }
        } while (batch.size() == batchSize);
    }

    /// Reads a batch and hands it over.
    private List<Keyed> batch(
            String sql, Sql.Mapper<Keyed> mapper, Consumer<List<Row>> sink, Object... parameters) {
        var read =
                Snapshot.ask(
                        source,
                        DOING,
                        snapshot -> {
                            var batch = snapshot.list(sql, mapper, parameters);
                            var rows = batch.stream().map(Keyed::image).toList();
                            return new Read(batch, Supporters.read(snapshot, rows));
                        });
        if (!read.batch.isEmpty()) {
            sink.accept(
                    read.batch.stream()
                            .map(one -> read.supporters.completed(one.image()).row())
                            .toList());
        }
        return read.batch;
    }

    private record Read(List<Keyed> batch, Supporters supporters) {}
}
