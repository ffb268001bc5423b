package dev.palimpsest.port;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.FactId;
import dev.palimpsest.model.Memory;
import dev.palimpsest.model.Predicate;
import dev.palimpsest.model.Source;
import dev.palimpsest.model.SourceId;
import dev.palimpsest.time.Interval;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// One write: all of it happens at one position, or none.
///
/// @param recorded when some other store recorded it; only for imports: not before anything the
///   space holds, and not in the future. Empty: now
public record WriteItem(Action action, Optional<Instant> recorded) {

    public static WriteItem now(Action action) {
        return new WriteItem(action, Optional.empty());
    }

    /// What a write does.
    public sealed interface Action {

        /// A source says a fact. Its subject and object come to be if they are new.
        record AssertFact(Statement statement) implements Action {}

        /// A source describes an entity: its type, name and so on, as statements about it.
        record DescribeEntity(EntityId entity, List<Statement> statements) implements Action {
            public DescribeEntity {
                statements = List.copyOf(statements);
            }
        }

        /// A portion of what was asserted of a fact is taken back.
        record RetractFact(Retraction retraction) implements Action {}

        /// A retraction and a statement in its place, at one position.
        record CorrectFact(Retraction retraction, Statement statement) implements Action {}

        /// A memory is kept. The same id with the same content changes nothing; with other content
        /// it is a conflict.
        record KeepMemory(Memory memory) implements Action {}

        /// A predicate is registered. The same again changes nothing; another definition of one
        /// that has facts is a conflict.
        record RegisterPredicate(Predicate predicate) implements Action {}

        /// A source is described.
        record DescribeSource(Source source) implements Action {}
    }

    /// What is taken back.
    ///
    /// @param portion of valid time; all of it if empty
    /// @param source whose assertions; everyone's if empty
    /// @param reason in the words of whoever takes it back
    public record Retraction(
            FactId fact, Optional<Interval> portion, Optional<SourceId> source, String reason) {}
}
