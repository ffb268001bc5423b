package dev.palimpsest.model;

/// A tenant.
///
/// @param strict a strict space refuses facts with predicates that are not registered
public record Space(SpaceId id, boolean strict) {}
