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
        Recorded recorded) {

    /// Whether it was believed, over a part of its time at least, while this was said.
    public boolean isSaidBy(Assertion one) {
        return one.fact().equals(fact)
                && one.valid().overlaps(valid)
                && one.recorded().fromPosition() < recorded.untilPosition()
                && recorded.fromPosition() < one.recorded().untilPosition();
    }
}
