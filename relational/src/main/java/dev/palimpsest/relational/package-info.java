/// PostgreSQL, the ledger's store: the pool and its migrations, the committer, reads by id and
/// history. Speaks SQL and nothing else: knows no HTTP, no graph, no index, and reads no clock.
@NullMarked
package dev.palimpsest.relational;

import org.jspecify.annotations.NullMarked;
