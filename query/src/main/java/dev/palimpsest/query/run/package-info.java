/// Questions answered: a snapshot pinned, candidates gathered from the indexes, read again from the
/// ledger, ranked, and given their evidence. Knows the stores only by their ports.
@NullMarked
package dev.palimpsest.query.run;

import org.jspecify.annotations.NullMarked;
