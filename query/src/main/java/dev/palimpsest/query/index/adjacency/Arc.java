package dev.palimpsest.query.index.adjacency;

import dev.palimpsest.model.FactVersion;
import dev.palimpsest.model.PredicateName;
import dev.palimpsest.model.Profile;
import dev.palimpsest.model.Qualifiers;
import dev.palimpsest.model.RowId;
import dev.palimpsest.model.Value;
import dev.palimpsest.port.Row;
import java.util.Optional;
import java.util.OptionalLong;

/// What the graph of a space takes in of one version of a fact. Times are microseconds since 1970.
///
/// @param object the node at the other end; none of a fact that says when its subject exists
/// @param chance how likely a causal fact passes its cause on
record Arc(
        RowId row,
        long validFrom,
        long validSureUntil,
        long validUntil,
        long fromPosition,
        long untilPosition,
        long subject,
        OptionalLong object,
        PredicateName predicate,
        double chance,
        Optional<Delays.Stretch> delay) {

    /// Empty if a row has no place in the graph.
    static Optional<Arc> of(Row row) {
        return row instanceof Row.OfFact fact
                        && (fact.objectNode().isPresent() || isExistence(fact.version()))
                ? Optional.of(of(fact))
                : Optional.empty();
    }

    private static boolean isExistence(FactVersion version) {
        return version.predicate().equals(Profile.EXISTS)
                && version.object().equals(new Value.Flag(true));
    }

    private static Arc of(Row.OfFact fact) {
        var version = fact.version();
        Qualifiers said = version.qualifiers();
        return new Arc(
                version.id(),
                version.valid().fromMicros(),
                version.valid().sureUntilMicros(),
                version.valid().untilMicros(),
                version.recorded().fromPosition(),
                version.recorded().untilPosition(),
                fact.subjectNode(),
                fact.objectNode(),
                version.predicate(),
                said.strength().orElse(1) * said.confidence().orElse(1),
                said.delay().map(Delays.Stretch::of));
    }
}
