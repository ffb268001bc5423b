package dev.palimpsest.api.wire;

import dev.palimpsest.model.Space;

/// A tenant.
///
/// @param strict whether facts with predicates that are not registered are refused
public record SpaceBody(String id, boolean strict) {

    public static SpaceBody of(Space space) {
        return new SpaceBody(space.id().value(), space.strict());
    }
}
