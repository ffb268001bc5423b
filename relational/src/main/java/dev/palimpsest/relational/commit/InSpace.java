package dev.palimpsest.relational.commit;

/// A name that is unique only in its space.
record InSpace<I>(int space, I id) {}
