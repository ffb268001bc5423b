package dev.palimpsest.api.wire;

/// How a projection is.
///
/// @param following whether it keeps up; else it is being built, or has failed
/// @param behind how many positions the ledger is ahead
public record ProjectionBody(String name, boolean following, long behind) {}
