package dev.palimpsest.port;

import dev.palimpsest.model.RowId;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.time.Position;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/// Something computed from the ledger that can be computed again. One thread applies; any may read
/// [#covers] and [#rows].
public interface Projection {

    /// A short name for people: `graph`, `text`, `vectors`, `adjacency`.
    String name();

    /// The kinds of rows it is made of; a build is given no others.
    default Set<Class<? extends Row>> kinds() {
        return Row.KINDS;
    }

    /// Where to follow from: what the last batch that is durable here was applied up to. Empty if
    /// nothing is there and it must be built by a scan.
    Optional<Checkpoint> checkpoint();

    /// Applies a batch, idempotently, and the checkpoint with or after it, never before. Afterwards
    /// readers may still see the state before; see [#covers].
    ///
    /// @throws StoreException.Corrupt if what is there cannot be read: rebuild it
    void apply(List<Row> rows, Checkpoint upTo);

    /// Whether what makes writes searchable comes first: while that is thousands of positions
    /// behind, and less so while it has anything to do, this takes its batches seldom, unless
    /// somebody waits for it.
    default boolean givesWay() {
        return false;
    }

    /// Asked between batches, so that damage is noticed also where nothing is written.
    ///
    /// @throws StoreException.Corrupt if what is there cannot be read, or is not what was written:
    ///   rebuild it
    default void requireSound() {}

    /// Drops what was forgotten, idempotently: readers never see it again. The checkpoint stays
    /// where it is; a batch is applied next.
    void drop(List<Gone> gone);

    /// Makes durable that what was dropped from a space is gone, and gives back the room on disk it
    /// took, as far as that can be done while others read.
    void scour(SpaceId space);

    /// Everything up to this position is seen by readers now.
    Position covers();

    /// Drops everything, and the checkpoint.
    void clear();

    /// The rows held of a space, in any order, for comparing with the ledger.
    ///
    /// @throws StoreException.Corrupt if what is there cannot be read, or is not what was written
    void rows(SpaceId space, Consumer<HeldRow> sink);

    /// Which of the ledger's rows this holds: compared are [HeldRow]s of these only.
    boolean holds(Row row);

    /// A position of one epoch of the ledger.
    record Checkpoint(UUID epoch, Position position) {

        /// The checkpoint of a projection that is being built by a scan; no ledger has its epoch,
        /// so a build cut short begins again.
        public static final Checkpoint UNFINISHED = new Checkpoint(new UUID(0, 0), Position.START);
    }

    /// What must agree between the ledger and a projection about a row: that it is there, and when
    /// it was recorded.
    ///
    /// @param untilPosition [dev.palimpsest.time.Moments#OPEN] while it is not closed
    record HeldRow(RowId id, long fromPosition, long untilPosition) {}
}
