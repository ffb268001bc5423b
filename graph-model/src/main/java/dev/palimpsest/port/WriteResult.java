package dev.palimpsest.port;

import dev.palimpsest.time.Bookmark;
import dev.palimpsest.time.Stamp;
import java.util.List;

/// What became of a request, durably: one outcome per item, in order.
///
/// @param bookmark everything this request wrote, or found already written, is at or before it
/// @param replayed whether this is the kept answer to an earlier request with the same key
public record WriteResult(List<Outcome> outcomes, Bookmark bookmark, boolean replayed) {

    public WriteResult {
        outcomes = List.copyOf(outcomes);
    }

    /// What became of one item.
    public sealed interface Outcome {

        /// It is in the ledger.
        ///
        /// @param id the fact, entity or memory it is about
        record Written(String id, Stamp stamp) implements Outcome {}

        /// It is in the ledger: a predicate or source, which holds whatever time is asked for and
        /// so has no recorded time of its own.
        record Defined(String id) implements Outcome {}

        /// The ledger held just that already.
        record Unchanged(String id) implements Outcome {}

        /// It was refused; nothing of it was written.
        record Refused(Refusal refusal) implements Outcome {}
    }

    /// Why an item was refused.
    ///
    /// @param field the field at fault, such as `fact.predicate`; empty if it is the whole item
    /// @param rule what must hold, and what to do
    public record Refusal(Reason reason, String field, String rule) {

        public enum Reason {
            /// The item breaks a rule whatever the ledger holds.
            INVALID,
            /// The item does not fit what the ledger holds.
            CONFLICT,
            /// The item is about something the ledger does not hold.
            NOT_FOUND,
            /// The item names something that was forgotten.
            FORGOTTEN,
            /// Another item of the same atomic request was refused.
            NOT_TRIED
        }
    }
}
