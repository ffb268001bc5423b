package dev.palimpsest.api.wire;

/// A space that is wanted.
///
/// @param strict whether facts with predicates that are not registered are to be refused
public record NewSpaceBody(boolean strict) {}
