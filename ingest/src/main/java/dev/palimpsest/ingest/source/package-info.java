/// Readers of what comes in from outside: strict JSON, NDJSON lines and GeoJSON features become
/// items to be written, or refusals that name the field and the rule. Knows the domain's rules and
/// how they look in JSON; must not know who writes the items or what is held already.
@NullMarked
package dev.palimpsest.ingest.source;

import org.jspecify.annotations.NullMarked;
