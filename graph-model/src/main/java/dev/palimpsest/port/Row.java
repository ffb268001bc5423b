package dev.palimpsest.port;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.EntityProfile;
import dev.palimpsest.model.FactVersion;
import dev.palimpsest.model.Memory;
import dev.palimpsest.model.Predicate;
import dev.palimpsest.model.RowId;
import dev.palimpsest.model.SourceId;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.time.Recorded;
import dev.palimpsest.time.Stamp;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A row of the ledger as projections get it: its newest image, which may already be closed by a
/// later position. Applying one twice, or an older after a newer, must change nothing.
public sealed interface Row {

    /// All kinds of them.
    Set<Class<? extends Row>> KINDS =
            Stream.of(Row.class.getPermittedSubclasses())
                    .<Class<? extends Row>>map(kind -> kind.asSubclass(Row.class))
                    .collect(Collectors.toUnmodifiableSet());

    SpaceId space();

    /// An entity came to be.
    ///
    /// @param node its number in the ledger, from 1, never reused
    record OfEntity(SpaceId space, EntityId entity, long node, Stamp made) implements Row {}

    /// A predicate was registered, by someone or by its first use.
    record OfPredicate(SpaceId space, Predicate predicate) implements Row {}

    /// A version of a fact was recorded or closed.
    ///
    /// @param objectNode empty if the object is a literal
    /// @param sources who asserts the fact over this version's time, as far as known at the read
    record OfFact(
            SpaceId space,
            FactVersion version,
            long subjectNode,
            OptionalLong objectNode,
            Set<SourceId> sources)
            implements Row {
        public OfFact {
            sources = Set.copyOf(sources);
        }
    }

    /// A profile was recorded or closed.
    record OfProfile(SpaceId space, EntityProfile profile, long node) implements Row {}

    /// A memory was kept.
    ///
    /// @param mentions the nodes of the entities it mentions
    record OfMemory(
            SpaceId space,
            RowId id,
            Memory memory,
            long node,
            List<Long> mentions,
            Recorded recorded)
            implements Row {
        public OfMemory {
            mentions = List.copyOf(mentions);
        }
    }
}
