package dev.palimpsest.relational.commit;

import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.StoreException;
import java.sql.Connection;
import java.sql.SQLException;

/// A space of another ledger that waits, in a transaction of its own and seen by nobody, to become
/// part of this one. The committer has it land when its turn comes, alone, and commits.
public interface Arrival {

    SpaceId space();

    /// How many positions it takes.
    long positions();

    /// Where its rows wait.
    Connection connection();

    /// Puts all of it behind `head`, in [#connection], all but the commit.
    ///
    /// @param no the number of the space, which is there and empty
    /// @return where the ledger stands with it
    /// @throws StoreException.Conflict if it does not fit what the ledger holds
    /// @throws StoreException.Forgotten if it has something that was forgotten here
    Head land(Head head, int no) throws SQLException;
}
