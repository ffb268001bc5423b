package dev.palimpsest.relational.commit;

import dev.palimpsest.port.WriteRequest;
import dev.palimpsest.port.WriteResult.Refusal;
import dev.palimpsest.port.WriteResult.Refusal.Reason;
import dev.palimpsest.relational.SqlFailure;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/// Finds the items of a request that PostgreSQL refuses, by trying out halves.
final class Poison {

    private static final Refusal LEFT_OUT = new Refusal(Reason.NOT_TRIED, "", "left out");

    private final Transaction transaction;

    Poison(Transaction transaction) {
        this.transaction = transaction;
    }

    /// The request with its bad items marked as refused.
    Pending.Write mark(Session session, Pending.Write write, SQLException failure)
            throws SQLException {
        Set<Integer> bad = new TreeSet<>();
        find(session, write, 0, write.items().size(), bad);
        if (bad.isEmpty()) {
            // Only together do they fail: then none can be written.
            IntStream.range(0, write.items().size()).forEach(bad::add);
        }
        var refusal =
                new Refusal(
                        Reason.INVALID,
                        "",
                        "cannot be written to the ledger: " + SqlFailure.message(failure));
        return write.withItems(
                IntStream.range(0, write.items().size())
                        .mapToObj(i ->
                                bad.contains(i)
                                        ? write.items().get(i).flawed(refusal)
                                        : write.items().get(i))
                        .toList());
    }

    private void find(Session session, Pending.Write write, int from, int until, Set<Integer> bad)
            throws SQLException {
        if (isWritable(session, only(write, from, until))) {
            return;
        }
        if (until - from == 1) {
            bad.add(from);
            return;
        }
        int middle = (from + until) >>> 1;
        find(session, write, from, middle, bad);
        find(session, write, middle, until, bad);
    }

    private boolean isWritable(Session session, Pending.Write write) throws SQLException {
        try {
            transaction.tryOut(session, List.of(write));
            return true;
        } catch (SQLException e) {
            if (!SqlFailure.isOfTheRows(e)) {
                throw e;
            }
            session.rollback();
            return false;
        }
    }

    /// Some items of a request, each for itself even if it is atomic: what is left out would else
    /// refuse them all, and nothing would be tried.
    private static Pending.Write only(Pending.Write write, int from, int until) {
        var whole = write.request();
        var request = new WriteRequest(whole.space(), whole.items(), false, whole.key());
        var items =
                IntStream.range(0, write.items().size())
                        .mapToObj(i ->
                                from <= i && i < until
                                        ? write.items().get(i)
                                        : write.items().get(i).flawed(LEFT_OUT))
                        .toList();
        return new Pending.Write(request, items, write.future());
    }
}
