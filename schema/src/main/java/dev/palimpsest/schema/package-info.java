/// What lies on disk and on the wire, as plain files: PostgreSQL migrations, `openapi.yaml`, JSON
/// examples. Knows nothing of the other rooms.
@NullMarked
package dev.palimpsest.schema;

import org.jspecify.annotations.NullMarked;
