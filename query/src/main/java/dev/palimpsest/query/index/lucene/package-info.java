/// Text, place, time and meaning of a space's rows, found with Lucene: one index per space and
/// projection. Gives out row ids and scores only; the rows themselves are read again from the
/// ledger. No Lucene type leaves this room, and it must not know how an answer is ranked.
@NullMarked
package dev.palimpsest.query.index.lucene;

import org.jspecify.annotations.NullMarked;
