package dev.palimpsest.query.index;

import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.Gone;
import dev.palimpsest.port.Projection;
import dev.palimpsest.port.Row;
import dev.palimpsest.time.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// A projection that is held in memory, and built again whenever a store is opened that kept
/// nothing of it. What was applied is seen at once.
public abstract class InMemoryProjection implements Projection {

    private volatile Optional<Checkpoint> checkpoint;

    /// Of the applying thread alone.
    private boolean stale;

    protected InMemoryProjection() {
        this(Optional.empty());
    }

    /// One that holds something already.
    protected InMemoryProjection(Optional<Checkpoint> upTo) {
        this.checkpoint = upTo;
    }

    /// Takes in what a batch says, idempotently.
    protected abstract void add(List<Row> rows);

    /// Drops everything that was taken in.
    protected abstract void forget();

    /// Drops what was forgotten.
    ///
    /// @return false if that cannot be done row by row: everything is built again
    protected abstract boolean forget(List<Gone> gone);

    @Override
    public final void drop(List<Gone> gone) {
        stale |= !forget(gone);
    }

    /// Nothing lies on disk, unless a subclass keeps something.
    @Override
    public void scour(SpaceId space) {}

    @Override
    public final Optional<Checkpoint> checkpoint() {
        return checkpoint;
    }

    @Override
    public final void apply(List<Row> rows, Checkpoint upTo) {
        add(rows);
        checkpoint = stale ? Optional.empty() : Optional.of(upTo);
        checkpoint.ifPresent(this::reached);
    }

    /// A batch is in; called by the applying thread.
    protected void reached(Checkpoint upTo) {}

    @Override
    public final Position covers() {
        return checkpoint.map(Checkpoint::position).orElse(Position.START);
    }

    @Override
    public final void clear() {
        checkpoint = Optional.empty();
        stale = false;
        forget();
    }

    /// Those that are wanted, in their order.
    protected static Map<SpaceId, List<Row>> bySpace(List<Row> rows, Predicate<Row> wanted) {
        Map<SpaceId, List<Row>> bySpace = new HashMap<>();
        for (var row : rows) {
            if (wanted.test(row)) {
                bySpace.computeIfAbsent(row.space(), _ -> new ArrayList<>()).add(row);
            }
        }
        return bySpace;
    }
}
