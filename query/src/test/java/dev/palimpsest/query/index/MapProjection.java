package dev.palimpsest.query.index;

import dev.palimpsest.model.RowId;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.Gone;
import dev.palimpsest.port.Projection;
import dev.palimpsest.port.Row;
import dev.palimpsest.port.StoreException;
import dev.palimpsest.time.Position;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A projection kept in a map, which can be told to be damaged.
final class MapProjection implements Projection {

    final Map<RowId, HeldRow> held = new LinkedHashMap<>();
    volatile boolean damaged;
    volatile boolean damageWasMet;
    volatile boolean givesWay;
    volatile boolean isSlow;
    volatile Duration pause = Duration.ZERO;
    volatile int clearings;
    volatile int batches;
    volatile @Nullable Error nextFault;
    volatile @Nullable Position scouredAt;
    private volatile Optional<Checkpoint> checkpoint = Optional.empty();

    @Override
    public String name() {
        return "map";
    }

    @Override
    public Optional<Checkpoint> checkpoint() {
        return checkpoint;
    }

    @Override
    public synchronized void apply(List<Row> rows, Checkpoint upTo) {
        while (isSlow) {
            LockSupport.parkNanos(1_000_000);
        }
        LockSupport.parkNanos(pause.toNanos());
        if (damaged) {
            throw new StoreException.Corrupt("the map was damaged by the test");
        }
        var fault = nextFault;
        if (fault != null) {
            nextFault = null;
            throw fault;
        }
        for (var row : rows) {
            var profile = ((Row.OfProfile) row).profile();
            held.put(
                    profile.id(),
                    new HeldRow(
                            profile.id(),
                            profile.recorded().fromPosition(),
                            profile.recorded().untilPosition()));
        }
        batches++;
        checkpoint = Optional.of(upTo);
    }

    @Override
    public boolean givesWay() {
        return givesWay;
    }

    @Override
    public void requireSound() {
        if (damageWasMet) {
            throw new StoreException.Corrupt("a reader met the damage made by the test");
        }
    }

    @Override
    public synchronized void drop(List<Gone> gone) {
        for (var one : gone) {
            if (one instanceof Gone.OfProfile profile) {
                held.remove(profile.id());
            }
        }
    }

    @Override
    public void scour(SpaceId space) {
        scouredAt = covers();
    }

    @Override
    public Position covers() {
        return checkpoint.map(Checkpoint::position).orElse(Position.START);
    }

    @Override
    public synchronized void clear() {
        damaged = false;
        damageWasMet = false;
        clearings++;
        held.clear();
        checkpoint = Optional.empty();
    }

    @Override
    public synchronized void rows(SpaceId space, Consumer<HeldRow> sink) {
        List.copyOf(held.values()).forEach(sink);
    }

    @Override
    public boolean holds(Row row) {
        return row instanceof Row.OfProfile;
    }
}
