package dev.palimpsest.model;

import dev.palimpsest.time.Interval;
import dev.palimpsest.time.Recorded;

/// One version of a fact: `valid` is when it holds in the world, `recorded` when this store
/// believed it to be so. Derived from assertions, never edited but to be closed, once.
public record FactVersion(
        RowId id,
        FactId fact,
        EntityId subject,
        PredicateName predicate,
        Value object,
        Interval valid,
        Qualifiers qualifiers,
        Recorded recorded) {}
