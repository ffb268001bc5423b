/// A question of up to five dimensions and its answer, as immutable values. Knows not how it is
/// answered.
@NullMarked
package dev.palimpsest.question;

import org.jspecify.annotations.NullMarked;
