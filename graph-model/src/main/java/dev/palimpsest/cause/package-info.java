/// Chains of cause and effect, and how a chain is scored. Pure mathematics.
@NullMarked
package dev.palimpsest.cause;

import org.jspecify.annotations.NullMarked;
