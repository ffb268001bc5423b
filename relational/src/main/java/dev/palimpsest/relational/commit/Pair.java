package dev.palimpsest.relational.commit;

/// A subject, by its node, and a predicate, by its number.
record Pair(long subject, int predicate) {}
