package dev.palimpsest.relational.commit;

import dev.palimpsest.model.RowId;
import dev.palimpsest.time.Stamp;
import java.util.UUID;

/// One item's write in the making: its stamp, and the rows it touches, in order.
final class Entry {

    private final WorkingState state;
    private final int space;
    private final Stamp stamp;
    private int rows;
    private int changes;

    Entry(WorkingState state, int space, Stamp stamp) {
        this.state = state;
        this.space = space;
        this.stamp = stamp;
    }

    int space() {
        return space;
    }

    Stamp stamp() {
        return stamp;
    }

    long position() {
        return stamp.position().number();
    }

    /// Whether it changed nothing so far.
    boolean isEmpty() {
        return changes == 0;
    }

    RowId nextRowId() {
        return RowId.of(stamp, rows++);
    }

    void touch(AssertionRow row) {
        state.touched.assertions.put(row.id(), row);
        touch(Change.Kind.ASSERTION, row.id().value(), row.recorded().fromPosition());
    }

    void touch(VersionRow row) {
        state.touched.versions.put(row.id(), row);
        touch(Change.Kind.FACT_VERSION, row.id().value(), row.recorded().fromPosition());
    }

    void touch(ProfileRow row) {
        state.touched.profiles.put(row.id(), row);
        touch(Change.Kind.PROFILE, row.id().value(), row.recorded().fromPosition());
    }

    void touch(MemoryRow row) {
        state.touched.memories.put(row.id(), row);
        touch(Change.Kind.MEMORY, row.id().value(), position());
    }

    void touch(EntityRow row) {
        state.touched.entities.put(row.node(), row);
        touch(Change.Kind.ENTITY, numbered(row.node()), position());
    }

    void touch(SourceRow row) {
        state.put(row);
        touch(Change.Kind.SOURCE, numbered(row.no()), position());
    }

    void touch(PredicateRow row) {
        state.put(row);
        touch(Change.Kind.PREDICATE, numbered(row.no()), position());
    }

    private static UUID numbered(long number) {
        return new UUID(0, number);
    }

    /// Says that something was forgotten at this position.
    void forgot() {
        touch(Change.Kind.FORGOTTEN, numbered(position()), position());
    }

    /// Says that a row that is written already was touched.
    void note(Change.Kind kind, UUID row, long rowPosition) {
        touch(kind, row, rowPosition);
    }

    private void touch(Change.Kind kind, UUID row, long rowPosition) {
        var change = new Change(stamp, changes, space, kind, row, rowPosition);
        state.touched.changes.put(new WorkingState.ChangeKey(position(), changes), change);
        changes++;
    }
}
