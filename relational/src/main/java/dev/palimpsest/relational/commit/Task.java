package dev.palimpsest.relational.commit;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.FactId;
import dev.palimpsest.model.Memory;
import dev.palimpsest.model.Predicate;
import dev.palimpsest.model.Source;
import dev.palimpsest.port.Statement;
import dev.palimpsest.port.WriteItem.Retraction;
import java.util.List;
import java.util.Optional;

/// What an item comes down to, once.
sealed interface Task {

    /// Something is taken back or said, or both.
    ///
    /// @param id what the outcome names
    /// @param about an entity that comes to be even if nothing is said of it
    record Tell(
            String id,
            Optional<EntityId> about,
            Optional<Retraction> retraction,
            List<Saying> sayings)
            implements Task {
        public Tell {
            sayings = List.copyOf(sayings);
        }
    }

    /// A statement and the fact it states.
    record Saying(Statement statement, FactId fact) {}

    record Keep(Memory memory, ContentHash hash) implements Task {}

    record Register(Predicate predicate) implements Task {}

    record Describe(Source source) implements Task {}
}
