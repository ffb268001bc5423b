/// Trials of the whole product: many writers and readers at once, clocks set back, processes
/// killed. They know only what a user knows, and a model simple enough to be right at sight.
@NullMarked
package dev.palimpsest.datasets.trial;

import org.jspecify.annotations.NullMarked;
