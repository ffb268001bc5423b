package dev.palimpsest.relational.commit;

import dev.palimpsest.time.Moments;
import dev.palimpsest.time.Position;
import dev.palimpsest.time.Stamp;
import java.time.Instant;

/// Gives out positions and recorded times.
final class Stamps {

    private final WorkingState state;

    Stamps(WorkingState state) {
        this.state = state;
    }

    /// The stamp of an item. Positions are dense. What is recorded now is recorded later than
    /// anything before it, whatever the clock says; within a space times rise with positions
    /// always.
    Stamp next(SpaceRow space, Prepared item) throws RefusedException {
        var head = state.head();
        long recorded;
        if (item.recorded().isPresent()) {
            recorded = given(space, item.recorded().get());
        } else if (isDefinition(item.task())) {
            recorded = justAfterTheLast(space);
        } else {
            recorded = Math.max(head.recorded() + 1, state.now);
        }
        long position = head.position() + 1;
        state.moveTo(head.stamped(position, recorded));
        state.lastRecorded.put(space.no(), recorded);
        return new Stamp(new Position(position), Moments.fromMicros(recorded));
    }

    /// A definition holds whatever time is asked for and has no time of its own: it is recorded
    /// just after what the space held last, so that it never stands in the way of an import.
    static boolean isDefinition(Task task) {
        return switch (task) {
            case Task.Register _, Task.Describe _ -> true;
            case Task.Tell _, Task.Keep _ -> false;
        };
    }

    private long justAfterTheLast(SpaceRow space) {
        return state.lastRecorded(space.no())
                .map(last -> last + 1)
                .orElse(Moments.toMicros(Moments.BEGINNING));
    }

    /// A tie, or a step back that is small enough for clocks that differ, is lifted; whether it is
    /// small enough is asked by [#requireInOrder].
    private long given(SpaceRow space, Instant moment) throws RefusedException {
        long recorded = Moments.toMicros(moment);
        if (recorded > state.now) {
            throw RefusedException.invalid("recorded", "must not lie in the future: " + moment);
        }
        return Math.max(recorded, justAfterTheLast(space));
    }

    /// Refuses an item that was recorded elsewhere before what the space holds. Asked only of items
    /// that change something, so that an import can be run again.
    static void requireInOrder(Prepared item, Stamp stamp) throws RefusedException {
        if (item.recorded().isEmpty()) {
            return;
        }
        var moment = item.recorded().get();
        long stepBack = Moments.toMicros(stamp.at()) - Moments.toMicros(moment);
        if (stepBack > Limits.LONGEST_STEP_BACK_MICROS) {
            throw RefusedException.conflict(
                    "recorded",
                    "must not lie before what the space recorded last, "
                            + stamp.at()
                            + ": import with recorded times into an empty space, oldest first: "
                            + moment);
        }
    }
}
