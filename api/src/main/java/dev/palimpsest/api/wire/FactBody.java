package dev.palimpsest.api.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.palimpsest.model.FactVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One version of a fact.
///
/// @param id of the fact, the same in all its versions
/// @param saidBy who said so while it was believed; absent where that is told beside it
public record FactBody(
        String id,
        String version,
        String subject,
        String predicate,
        ValueBody object,
        IntervalBody valid,
        @JsonUnwrapped QualifiersBody qualifiers,
        RecordedBody recorded,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<String> saidBy) {

    /// Without who said so.
    public static FactBody of(FactVersion version) {
        return made(version, null);
    }

    public static FactBody of(FactVersion version, List<String> saidBy) {
        return made(version, List.copyOf(saidBy));
    }

    private static FactBody made(FactVersion version, @Nullable List<String> saidBy) {
        return new FactBody(
                version.fact().toString(),
                version.id().toString(),
                version.subject().value(),
                version.predicate().value(),
                ValueBody.of(version.object()),
                IntervalBody.of(version.valid()),
                QualifiersBody.of(version.qualifiers()),
                RecordedBody.of(version.recorded()),
                saidBy);
    }
}
