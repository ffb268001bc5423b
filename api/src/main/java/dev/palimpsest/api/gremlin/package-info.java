/// Gremlin as a door: what may be asked of the graph in Gremlin text, read-only. Knows no HTTP.
@NullMarked
package dev.palimpsest.api.gremlin;

import org.jspecify.annotations.NullMarked;
