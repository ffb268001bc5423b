package dev.palimpsest.api.mcp;

import dev.palimpsest.api.mcp.Tool.Wrote;
import dev.palimpsest.ingest.record.WriteDoor;
import dev.palimpsest.ingest.source.InvalidField;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.StoreException;
import dev.palimpsest.port.Visibility.Level;
import dev.palimpsest.port.WriteItem;
import dev.palimpsest.port.WriteRequest;
import dev.palimpsest.port.WriteResult.Outcome;
import dev.palimpsest.port.WriteResult.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What all tools that write share: all of a call is written, or nothing.
final class Writing {

    private static final Map<String, String> MOVED =
            Map.of(
                    "^valid\\.", "",
                    "^valid$", "until",
                    "^evidence\\.", "",
                    "^delay\\.mean", "delay",
                    "^object\\.entity", "object",
                    "^object\\.(string|number|boolean|json)", "value");

    private final WriteDoor door;

    Writing(WriteDoor door) {
        this.door = door;
    }

    /// An item, and the argument it is made of, such as `facts[2]`; empty if of all of them.
    record Part(String argument, WriteItem item) {}

    /// What became of a part.
    ///
    /// @param id of the memory, entity or fact
    /// @param status `written`, or `unchanged` where just that was known
    record Written(String argument, String id, String status) {}

    /// @param bookmark questions of this session see it by themselves
    record Receipt(List<Written> written, String bookmark) implements Wrote {

        @Override
        public int items() {
            return written.size();
        }
    }

    /// Writes durably.
    ///
    /// @throws InvalidField if one of them breaks a rule
    /// @throws StoreException if the store refuses or cannot
    Receipt write(SpaceId space, List<Part> parts) {
        var request =
                new WriteRequest(
                        space, parts.stream().map(Part::item).toList(), true, Optional.empty());
        var result = door.write(request, Level.DURABLE, Duration.ZERO).result();
        var written = new ArrayList<Written>();
        for (int i = 0; i < parts.size(); i++) {
            written(parts.get(i), result.outcomes().get(i)).ifPresent(written::add);
        }
        return new Receipt(written, result.bookmark().toString());
    }

    private static Optional<Written> written(Part part, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Written(var id, var _) -> told(part, id, "written");
            case Outcome.Defined(var id) -> told(part, id, "written");
            case Outcome.Unchanged(var id) -> told(part, id, "unchanged");
            case Outcome.Refused(var refusal) -> {
                if (refusal.reason() != Refusal.Reason.NOT_TRIED) {
                    throw refused(part, refusal);
                }
                yield Optional.empty();
            }
        };
    }

    private static Optional<Written> told(Part part, String id, String status) {
        return Optional.of(new Written(part.argument, id, status));
    }

    private static RuntimeException refused(Part part, Refusal refusal) {
        var field = at(part.argument, refusal.field());
        var said = field.isEmpty() ? refusal.rule() : field + ": " + refusal.rule();
        return switch (refusal.reason()) {
            case INVALID, NOT_TRIED -> new InvalidField(field, refusal.rule());
            case CONFLICT -> new StoreException.Conflict(said);
            case NOT_FOUND -> new StoreException.NotFound(said);
            case FORGOTTEN -> new StoreException.Forgotten(said);
        };
    }

    /// The path of a field of an item, told from the arguments on: an item's own fields begin with
    /// its kind, and what [PlainFact] made of several stands where it was given.
    static String at(String argument, String field) {
        var inner = field.replaceFirst("^(fact|entity|memory|predicate)(\\.|$)", "");
        for (var moved : MOVED.entrySet()) {
            inner = inner.replaceFirst(moved.getKey(), moved.getValue());
        }
        return argument.isEmpty() || inner.isEmpty() ? argument + inner : argument + "." + inner;
    }
}
