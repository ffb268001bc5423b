package dev.palimpsest.api.wire;

/// A space that was taken in from an archive, as it is answered.
///
/// @param items how many positions it took
public record TakenInBody(
        String space, long rows, long items, String digest, String made, String bookmark) {}
