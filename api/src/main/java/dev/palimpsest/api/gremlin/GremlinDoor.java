package dev.palimpsest.api.gremlin;

import dev.palimpsest.model.SpaceId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Answers Gremlin text about one space, read-only and bounded. Safe for use by many threads.
@FunctionalInterface
public interface GremlinDoor {

    /// @param at what holds at this moment; if empty what holds now, and what happened ever
    /// @param knownAt as it was known then; now if empty
    /// @throws IllegalArgumentException if the text is not Gremlin, or does what is not allowed;
    ///   the message says what
    /// @throws dev.palimpsest.port.StoreException if it cannot be answered now
    Results ask(SpaceId space, String gremlin, Optional<Instant> at, Optional<Instant> knownAt);

    /// What a traversal found.
    ///
    /// @param values made of what JSON is made of: maps with text keys, lists, texts, numbers,
    ///   booleans; null where the traversal gave null
    /// @param truncated whether there was more than is allowed
    /// @param note what the asker should know about this answer, in a sentence; null if nothing
    record Results(List<@Nullable Object> values, boolean truncated, @Nullable String note) {}
}
