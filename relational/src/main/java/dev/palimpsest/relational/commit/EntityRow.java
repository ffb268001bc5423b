package dev.palimpsest.relational.commit;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.time.Stamp;

/// An entity that came to be.
record EntityRow(long node, int space, EntityId id, Stamp made) {}
