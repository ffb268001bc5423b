package dev.palimpsest.port;

import dev.palimpsest.model.ObjectKind;
import dev.palimpsest.model.PredicateName;
import dev.palimpsest.model.RowId;
import dev.palimpsest.model.SpaceId;
import java.util.OptionalLong;

/// What the ledger no longer holds, as projections are told of it: numbers and row ids alone, for
/// whatever could be read is gone.
public sealed interface Gone {

    SpaceId space();

    /// A whole space.
    record OfSpace(SpaceId space) implements Gone {}

    /// An entity, every fact about it and every fact with it as object.
    record OfEntity(SpaceId space, long node) implements Gone {}

    /// A memory.
    ///
    /// @param stays whether only what it mentions has become less; it is among the rows that come
    ///   next
    record OfMemory(SpaceId space, RowId id, long node, boolean stays) implements Gone {}

    /// A profile. All profiles of an entity go together; those that stay are among the rows that
    /// come next.
    record OfProfile(SpaceId space, RowId id, long node) implements Gone {}

    /// A version of a fact.
    ///
    /// @param object the node of its object; empty if that is a literal
    record OfFact(
            SpaceId space,
            RowId id,
            long subject,
            PredicateName predicate,
            ObjectKind kind,
            OptionalLong object)
            implements Gone {}
}
