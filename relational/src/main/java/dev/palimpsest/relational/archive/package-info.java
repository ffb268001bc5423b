/// The whole ledger as a file, and back: one entry of JSON lines per table, with a manifest of
/// counts and checksums. Knows tables and columns by what PostgreSQL says of them, and nothing of
/// what rows mean.
@NullMarked
package dev.palimpsest.relational.archive;

import org.jspecify.annotations.NullMarked;
