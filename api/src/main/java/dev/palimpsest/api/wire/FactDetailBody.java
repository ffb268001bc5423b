package dev.palimpsest.api.wire;

import dev.palimpsest.model.Assertion;
import dev.palimpsest.model.FactVersion;
import java.util.List;

/// A fact with what is believed of it, and who says so.
///
/// @param versions those visible; none if nobody says it any more
/// @param assertions last said first
public record FactDetailBody(
        String id,
        String subject,
        String predicate,
        ValueBody object,
        List<FactBody> versions,
        List<AssertionBody> assertions,
        String bookmark) {

    public static FactDetailBody of(
            FactVersion any,
            List<FactVersion> visible,
            List<Assertion> assertions,
            Object bookmark) {
        return new FactDetailBody(
                any.fact().toString(),
                any.subject().value(),
                any.predicate().value(),
                ValueBody.of(any.object()),
                visible.stream().map(FactBody::of).toList(),
                assertions.stream().map(AssertionBody::of).toList(),
                bookmark.toString());
    }
}
