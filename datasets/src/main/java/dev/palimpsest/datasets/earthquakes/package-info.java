/// A week of real earthquakes: the file, the trigger links computed from it, and both as items to
/// be written. Knows how seismologists name things; must not know how anything is stored, indexed
/// or asked.
@NullMarked
package dev.palimpsest.datasets.earthquakes;

import org.jspecify.annotations.NullMarked;
