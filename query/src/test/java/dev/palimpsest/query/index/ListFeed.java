package dev.palimpsest.query.index;

import static java.util.Objects.requireNonNull;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.EntityProfile;
import dev.palimpsest.model.EntityType;
import dev.palimpsest.model.RowId;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.ChangeFeed;
import dev.palimpsest.port.Row;
import dev.palimpsest.time.Position;
import dev.palimpsest.time.Recorded;
import dev.palimpsest.time.Stamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/// A ledger of profiles kept in lists: each position touches one row.
final class ListFeed implements ChangeFeed {

    static final SpaceId SPACE = new SpaceId("space");

    private final List<RowId> changes = new ArrayList<>();
    private final Map<RowId, Row> rows = new LinkedHashMap<>();
    private UUID epoch = UUID.randomUUID();

    synchronized RowId add(String entity) {
        var stamp = nextStamp();
        var id = RowId.of(stamp, 0);
        put(id, profile(id, entity, Recorded.since(stamp)));
        return id;
    }

    synchronized void close(RowId id) {
        var old = ((Row.OfProfile) requireNonNull(rows.get(id))).profile();
        put(id, profile(id, old.entity().value(), old.recorded().closedAt(nextStamp())));
    }

    synchronized void restore() {
        epoch = UUID.randomUUID();
    }

    @Override
    public synchronized UUID epoch() {
        return epoch;
    }

    @Override
    public synchronized Position head() {
        return new Position(changes.size());
    }

    @Override
    public synchronized Batch changesAfter(Position after, int limit) {
        int from = (int) after.number();
        int to = Math.min(changes.size(), from + limit);
        var touched = changes.subList(from, to).stream().distinct().map(rows::get).toList();
        return new Batch(new Position(to), List.of(), touched);
    }

    @Override
    public synchronized Position awaitBeyond(Position after, Duration atMost)
            throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (changes.size() <= after.number() && System.nanoTime() < deadline) {
            wait(10);
        }
        return head();
    }

    @Override
    public synchronized Position scan(
            Set<Class<? extends Row>> kinds, int batchSize, Consumer<List<Row>> sink) {
        var all = rows.values().stream().filter(row -> kinds.contains(row.getClass())).toList();
        for (int from = 0; from < all.size(); from += batchSize) {
            sink.accept(all.subList(from, Math.min(all.size(), from + batchSize)));
        }
        return head();
    }

    private Stamp nextStamp() {
        return new Stamp(head().next(), Instant.EPOCH.plusSeconds(changes.size()));
    }

    private void put(RowId id, Row row) {
        rows.put(id, row);
        changes.add(id);
        notifyAll();
    }

    private static Row profile(RowId id, String entity, Recorded recorded) {
        return new Row.OfProfile(
                SPACE,
                new EntityProfile(
                        id,
                        new EntityId(entity),
                        EntityType.THING,
                        Optional.of(entity),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        recorded),
                1);
    }
}
