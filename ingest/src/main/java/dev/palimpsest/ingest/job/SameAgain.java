package dev.palimpsest.ingest.job;

import dev.palimpsest.ingest.job.ImportJob.State;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.Ledger;
import dev.palimpsest.port.WriteResult;
import dev.palimpsest.time.Bookmark;
import dev.palimpsest.time.Stretch;
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

    /// What the last import of the same data left.
    ///
    /// @param rejected how many of them it could not read
    record Before(long rejected, Trace trace) {}

    /// An import of the same data that read them to their end, of which the ledger refused nothing,
    /// and of which nothing was superseded, taken back or forgotten by others since it was written.
    /// Then all that could be read is there, if no more is refused by the reader than was then.
    ///
    /// @throws dev.palimpsest.port.StoreException if the ledger cannot tell
    Optional<Before> of(ImportJob job) {
        return jobs.stream()
                .filter(one -> one.fingerprint().equals(job.fingerprint()))
                .filter(one -> one.state() == State.DONE)
                .max(Comparator.comparing(ImportJob::id))
                .flatMap(this::asLeft);
    }

    private Optional<Before> asLeft(ImportJob before) {
        var head = ledger.head();
        return before.trace()
                .filter(trace -> isThere(before.space(), trace, head))
                .map(trace -> trace.untouchedUntil(head.position()))
                .map(trace -> new Before(before.counts().rejected(), trace));
    }

    private boolean isThere(SpaceId space, Trace trace, Bookmark head) {
        return trace.refused() == 0
                && head.epoch().equals(trace.last().epoch())
                && !head.position().isBefore(trace.last().position())
                && isUntouched(space, trace, new Stretch(trace.untouched(), head.position()));
    }

    /// Where an import has written, one batch further on; nothing if others touched what it wrote
    /// before.
    ///
    /// @throws dev.palimpsest.port.StoreException if the ledger cannot tell
    Optional<Trace> after(Optional<Trace> soFar, SpaceId space, WriteResult batch) {
        return soFar.map(trace -> isUntouched(space, trace, trace.until(batch))).orElse(true)
                ? Optional.of(Trace.after(soFar, batch))
                : Optional.empty();
    }

    private boolean isUntouched(SpaceId space, Trace trace, Stretch then) {
        return then.isEmpty() || ledger.isUntouched(space, trace.said(), then);
    }
}
