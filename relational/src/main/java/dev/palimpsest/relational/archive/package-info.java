/// The whole ledger as a file, and back; and one space out of a ledger and into another. One entry
/// of JSON lines per table, with a manifest of counts and checksums. Knows tables and columns by
/// what PostgreSQL says of them, which columns hold numbers of one ledger alone, and nothing else
/// of what rows mean.
@NullMarked
package dev.palimpsest.relational.archive;

import org.jspecify.annotations.NullMarked;
