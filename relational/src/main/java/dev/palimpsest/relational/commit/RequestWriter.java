package dev.palimpsest.relational.commit;

import dev.palimpsest.port.StoreException;
import dev.palimpsest.port.WriteResult;
import dev.palimpsest.port.WriteResult.Outcome;
import dev.palimpsest.port.WriteResult.Refusal;
import dev.palimpsest.time.Bookmark;
import dev.palimpsest.time.Position;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Carries out whole requests in the working state, and works out what each is answered once the
/// batch is durable.
final class RequestWriter {

    private final WorkingState state;
    private final ItemWriter items;
    private final int partition;

    RequestWriter(Desk desk, int partition) {
        this.state = desk.state();
        this.items = new ItemWriter(desk);
        this.partition = partition;
    }

    /// @return what answers the request; run it when the batch is durable, not before
    Runnable carryOut(Pending.Write write) throws SQLException {
        var request = write.request();
        var space = state.spaces.get(request.space());
        if (space == null) {
            return failing(write, StoreException.NotFound.space(request.space()));
        }
        if (request.key().isEmpty()) {
            var result = result(space, write);
            return () -> write.future().complete(result);
        }
        var key = request.key().get();
        var name = new InSpace<>(space.no(), key.key());
        var kept = state.answers.find(name);
        if (kept.isPresent() && !kept.get().key().equals(key)) {
            return failing(
                    write,
                    new StoreException.Conflict(
                            "the idempotency key "
                                    + key.key()
                                    + " was used for another request; use a new one"));
        }
        if (kept.isPresent()) {
            var result = AnswerText.read(kept.get().json());
            return () -> write.future().complete(result);
        }
        var result = result(space, write);
        var answer = new WorkingState.Answer(key, AnswerText.write(result), state.now);
        state.answers.put(name, answer);
        state.touched.answers.put(name, answer);
        return () -> write.future().complete(result);
    }

    private static Runnable failing(Pending.Write write, StoreException failure) {
        return () -> write.future().completeExceptionally(failure);
    }

    private WriteResult result(SpaceRow space, Pending.Write write) throws SQLException {
        var outcomes = outcomes(space, write);
        var position = new Position(state.head().position());
        return new WriteResult(outcomes, new Bookmark(state.epoch(), partition, position), false);
    }

    private List<Outcome> outcomes(SpaceRow space, Pending.Write write) throws SQLException {
        int mark = state.journal.mark();
        List<Outcome> outcomes = new ArrayList<>(write.items().size());
        for (var item : write.items()) {
            var outcome = items.write(space, item);
            if (write.request().atomic() && outcome instanceof Outcome.Refused) {
                state.journal.backTo(mark);
                return notTried(write.items().size(), outcomes.size(), outcome);
            }
            outcomes.add(outcome);
        }
        return outcomes;
    }

    private static List<Outcome> notTried(int items, int refused, Outcome refusal) {
        var rest =
                new Outcome.Refused(
                        new Refusal(
                                Refusal.Reason.NOT_TRIED,
                                "",
                                "item "
                                        + (refused + 1)
                                        + " of this request was refused, so none was written"));
        return IntStream.range(0, items)
                .<Outcome>mapToObj(i -> i == refused ? refusal : rest)
                .toList();
    }
}
