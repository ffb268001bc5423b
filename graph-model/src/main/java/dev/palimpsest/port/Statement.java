package dev.palimpsest.port;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.Evidence;
import dev.palimpsest.model.PredicateName;
import dev.palimpsest.model.Qualifiers;
import dev.palimpsest.model.SourceId;
import dev.palimpsest.model.Value;
import dev.palimpsest.time.Interval;
import java.util.Optional;

/// What a source says, on its way into the ledger.
///
/// @param replaces how much of what the same source said before this takes the place of
public record Statement(
        EntityId subject,
        PredicateName predicate,
        Value object,
        Interval valid,
        SourceId source,
        Qualifiers qualifiers,
        Optional<Evidence> evidence,
        Replaces replaces) {

    /// How much of what the same source said before a statement takes the place of.
    public enum Replaces {
        /// The overlapping portion: of the same fact, and of a functional predicate any other.
        OVERLAP,
        /// All the source ever said of this subject and predicate, whatever its valid time.
        ALL
    }
}
