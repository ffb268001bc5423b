package dev.palimpsest.ingest.job;

import dev.palimpsest.ingest.job.ImportJob.State;
import dev.palimpsest.port.Ledger;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// Knows when data need not be written again. Where they give a functional predicate several values
/// in turn, writing each again would change what was said last back and forth, only to end where it
/// began.
final class SameAgain {

    private final Ledger ledger;
    private final Collection<ImportJob> jobs;

    /// @param jobs all there are, as they come and go
    SameAgain(Ledger ledger, Collection<ImportJob> jobs) {
        this.ledger = ledger;
        this.jobs = jobs;
    }

    /// An import of the same data that read them to their end, of which the ledger refused nothing,
    /// and of which nothing was superseded, taken back or forgotten since. Then all that could be
    /// read is there, if no more is refused by the reader than was then.
    ///
    /// @throws dev.palimpsest.port.StoreException if the ledger cannot tell
    Optional<ImportJob> of(ImportJob job) {
        return jobs.stream()
                .filter(one -> one.fingerprint().equals(job.fingerprint()))
                .filter(one -> one.state() == State.DONE)
                .max(Comparator.comparing(ImportJob::id))
                .filter(one -> one.trace().map(trace -> isThere(job, trace)).orElse(false));
    }

    private boolean isThere(ImportJob job, Trace trace) {
        return trace.refused() == 0
                && ledger.head().epoch().equals(trace.last().epoch())
                && ledger.isUntouched(job.space(), trace.before(), trace.last().position());
    }
}
