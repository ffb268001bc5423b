package dev.palimpsest.relational.commit;

import dev.palimpsest.belief.Claim;
import dev.palimpsest.model.Evidence;
import dev.palimpsest.model.FactId;
import dev.palimpsest.model.Qualifiers;
import dev.palimpsest.time.Interval;
import dev.palimpsest.time.Position;
import java.util.Optional;

/// What an assertion says, whatever row says it.
///
/// @param said the position at which it was first said
record Content(
        FactKey key,
        Interval valid,
        int source,
        Qualifiers qualifiers,
        Optional<Evidence> evidence,
        long said,
        Optional<Correction> correction) {

    /// Why it took the place of another.
    record Correction(String reason, FactId corrected) {}

    /// What makes two assertions say the same, whenever they were first said.
    record Words(
            FactId fact,
            int source,
            Interval valid,
            Qualifiers qualifiers,
            Optional<Evidence> evidence) {}

    Words words() {
        return new Words(key.fact(), source, valid, qualifiers, evidence);
    }

    Content over(Interval piece) {
        return new Content(key, piece, source, qualifiers, evidence, said, correction);
    }

    boolean endsUnknown() {
        return valid.end() instanceof Interval.End.Unknown;
    }

    Claim claim() {
        return new Claim(key.object(), qualifiers, valid, new Position(said));
    }
}
