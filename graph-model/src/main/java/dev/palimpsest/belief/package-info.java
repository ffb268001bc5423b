/// The one rule that turns what was said into what is believed, and what a new assertion
/// supersedes. Pure functions.
@NullMarked
package dev.palimpsest.belief;

import org.jspecify.annotations.NullMarked;
