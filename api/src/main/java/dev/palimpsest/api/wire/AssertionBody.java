package dev.palimpsest.api.wire;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.palimpsest.model.Assertion;
import dev.palimpsest.model.Evidence;
import dev.palimpsest.model.MemoryId;
import org.jspecify.annotations.Nullable;

/// One source saying a fact over one valid interval.
///
/// @param said the position at which it was first said
public record AssertionBody(
        String id,
        String source,
        IntervalBody valid,
        @JsonUnwrapped QualifiersBody qualifiers,
        @Nullable EvidenceBody evidence,
        long said,
        RecordedBody recorded) {

    /// Where an assertion was read.
    public record EvidenceBody(
            @Nullable String memory, @Nullable String quote, @Nullable Integer offset) {

        static EvidenceBody of(Evidence evidence) {
            return new EvidenceBody(
                    evidence.memory().map(MemoryId::value).orElse(null),
                    evidence.quote().orElse(null),
                    evidence.offset().isPresent() ? evidence.offset().getAsInt() : null);
        }
    }

    public static AssertionBody of(Assertion assertion) {
        return new AssertionBody(
                assertion.id().toString(),
                assertion.source().value(),
                IntervalBody.of(assertion.valid()),
                QualifiersBody.of(assertion.qualifiers()),
                assertion.evidence().map(EvidenceBody::of).orElse(null),
                assertion.said().number(),
                RecordedBody.of(assertion.recorded()));
    }
}
