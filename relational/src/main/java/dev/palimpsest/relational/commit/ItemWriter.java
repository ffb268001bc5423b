package dev.palimpsest.relational.commit;

import dev.palimpsest.port.WriteResult.Outcome;
import java.sql.SQLException;

/// Carries out items, one after the other, in the working state. An item that is refused or changes
/// nothing leaves no trace there, and takes no position.
final class ItemWriter {

    private final WorkingState state;
    private final Stamps stamps;
    private final Desk desk;
    private final Keeping keeping;

    ItemWriter(Desk desk) {
        this.state = desk.state();
        this.stamps = new Stamps(state);
        this.desk = desk;
        this.keeping = new Keeping(desk);
    }

    Outcome write(SpaceRow space, Prepared item) throws SQLException {
        if (item.flaw().isPresent()) {
            return new Outcome.Refused(item.flaw().get());
        }
        int mark = state.journal.mark();
        try {
            var entry = new Entry(state, space.no(), stamps.next(space, item));
            String id = carryOut(entry, space, item.task());
            if (entry.isEmpty()) {
                state.journal.backTo(mark);
                return new Outcome.Unchanged(id);
            }
            Stamps.requireInOrder(item, entry.stamp());
            return Stamps.isDefinition(item.task())
                    ? new Outcome.Defined(id)
                    : new Outcome.Written(id, entry.stamp());
        } catch (RefusedException e) {
            state.journal.backTo(mark);
            return new Outcome.Refused(e.refusal());
        }
    }

    private String carryOut(Entry entry, SpaceRow space, Task task)
            throws SQLException, RefusedException {
        return switch (task) {
            case Task.Tell tell -> {
                new Telling(desk, entry, space, tell).tell();
                yield tell.id();
            }
            case Task.Keep(var memory, var hash) -> {
                keeping.keep(entry, memory, hash);
                yield memory.id().value();
            }
            case Task.Register(var predicate) -> {
                keeping.register(entry, predicate);
                yield predicate.name().value();
            }
            case Task.Describe(var source) -> {
                keeping.describe(entry, source);
                yield source.id().value();
            }
        };
    }
}
