package dev.palimpsest.relational.commit;

import dev.palimpsest.model.Space;

/// A space and its number.
record SpaceRow(int no, Space space) {}
