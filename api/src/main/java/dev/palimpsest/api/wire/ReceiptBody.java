package dev.palimpsest.api.wire;

import dev.palimpsest.port.WriteResult.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What became of a write, item by item.
///
/// @param bookmark everything written, or found already written, is at or before it; absent if
///   nothing was
/// @param visible whether it became as visible as was asked
/// @param replayed whether this is the kept answer to an earlier request with the same key
public record ReceiptBody(
        List<ResultBody> results, @Nullable String bookmark, boolean visible, boolean replayed) {

    public ReceiptBody {
        results = List.copyOf(results);
    }

    /// What became of one item.
    ///
    /// @param line its number, from 1
    /// @param status `written`, `unchanged` or `refused`
    /// @param id of the fact, entity, memory, predicate or source it is about; absent if refused
    /// @param recorded when it was recorded, if it was now and has such a time: a predicate or
    ///   source holds whatever time is asked for
    public record ResultBody(
            long line,
            String status,
            @Nullable String id,
            @Nullable String recorded,
            @Nullable ProblemBody problem) {

        public static ResultBody of(long line, Outcome outcome) {
            return switch (outcome) {
                case Outcome.Written(var id, var stamp) ->
                        new ResultBody(line, "written", id, stamp.at().toString(), null);
                case Outcome.Defined(var id) -> new ResultBody(line, "written", id, null, null);
                case Outcome.Unchanged(var id) -> new ResultBody(line, "unchanged", id, null, null);
                case Outcome.Refused(var refusal) -> refused(line, ProblemBody.of(refusal));
            };
        }

        public static ResultBody refused(long line, ProblemBody problem) {
            return new ResultBody(line, "refused", null, null, problem);
        }
    }
}
