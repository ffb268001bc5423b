/// Questions whose evidence is known, and how much of it was found: what `bench retrieval` is made
/// of. It knows nothing of how a store finds anything.
@NullMarked
package dev.palimpsest.datasets.bench.retrieval;

import org.jspecify.annotations.NullMarked;
