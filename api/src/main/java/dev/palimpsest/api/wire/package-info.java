/// The records that go over the wire, and how they are made of domain records and questions of
/// them. They may stay while the model moves. Knows no HTTP server and no store.
@NullMarked
package dev.palimpsest.api.wire;

import org.jspecify.annotations.NullMarked;
