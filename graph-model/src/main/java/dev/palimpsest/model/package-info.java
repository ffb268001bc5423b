/// Entities, facts, assertions, memories and the values they hold. Knows no store, no wire format
/// and no clock.
@NullMarked
package dev.palimpsest.model;

import org.jspecify.annotations.NullMarked;
