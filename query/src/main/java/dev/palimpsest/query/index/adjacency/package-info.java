/// The entities of each space and the facts between them, compact in memory, for walks: neighbours,
/// hops, causes and effects, at any snapshot. Follows the ledger like every projection; a copy in a
/// file spares a start reading every fact again. Knows no text, no place and no store.
@NullMarked
package dev.palimpsest.query.index.adjacency;

import org.jspecify.annotations.NullMarked;
