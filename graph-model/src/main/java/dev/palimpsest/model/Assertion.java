package dev.palimpsest.model;

import dev.palimpsest.time.Interval;
import dev.palimpsest.time.Position;
import dev.palimpsest.time.Recorded;
import java.util.Optional;

/// One source saying one fact over one valid interval, as the ledger holds it.
///
/// @param said the position at which it was first said; what remains of an assertion after a part
///   was superseded is recorded anew and keeps it
/// @param recorded when this row was held to be what the source says
public record Assertion(
        RowId id,
        FactId fact,
        EntityId subject,
        PredicateName predicate,
        Value object,
        Interval valid,
        SourceId source,
        Qualifiers qualifiers,
        Optional<Evidence> evidence,
        Position said,
        Recorded recorded) {}
