/// The ordered committer: the one thread that writes a partition of the ledger.
///
/// Requests wait in a bounded queue; the committer drains it, gives each item its position and
/// recorded time, works out in memory what it supersedes and what is then believed, and writes the
/// whole batch in one transaction. Knows nothing of how the ledger is read by others, and trusts no
/// clock: a recorded time never goes back.
///
/// Start reading at [dev.palimpsest.relational.commit.Committer].
@NullMarked
package dev.palimpsest.relational.commit;

import org.jspecify.annotations.NullMarked;
