package dev.palimpsest.api.wire;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.palimpsest.model.FactVersion;

/// One version of a fact.
///
/// @param id of the fact, the same in all its versions
public record FactBody(
        String id,
        String version,
        String subject,
        String predicate,
        ValueBody object,
        IntervalBody valid,
        @JsonUnwrapped QualifiersBody qualifiers,
        RecordedBody recorded) {

    public static FactBody of(FactVersion version) {
        return new FactBody(
                version.fact().toString(),
                version.id().toString(),
                version.subject().value(),
                version.predicate().value(),
                ValueBody.of(version.object()),
                IntervalBody.of(version.valid()),
                QualifiersBody.of(version.qualifiers()),
                RecordedBody.of(version.recorded()));
    }
}
