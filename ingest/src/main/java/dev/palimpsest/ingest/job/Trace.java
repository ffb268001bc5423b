package dev.palimpsest.ingest.job;

import dev.palimpsest.port.WriteResult;
import dev.palimpsest.port.WriteResult.Outcome;
import dev.palimpsest.time.Bookmark;
import dev.palimpsest.time.Position;
import dev.palimpsest.time.Stretch;
import java.util.Optional;

/// Where in the ledger an import has written, while nobody touched what it left.
///
/// @param before all that it left was said after this: the ledger's start, if some was there
///   already
/// @param last all that it left was said at or before this
/// @param untouched nobody is known to have touched it up to there
/// @param refused how many items the ledger refused; another time it might not
public record Trace(Position before, Bookmark last, Position untouched, long refused) {

    /// One batch further on.
    static Trace after(Optional<Trace> soFar, WriteResult batch) {
        boolean isAllNew = batch.outcomes().stream().noneMatch(Outcome.Unchanged.class::isInstance);
        var before =
                isAllNew
                        ? soFar.map(Trace::before).orElseGet(() -> beforeWriting(batch))
                        : Position.START;
        long refused = batch.outcomes().stream().filter(Outcome.Refused.class::isInstance).count();
        return new Trace(
                before,
                batch.bookmark(),
                batch.bookmark().position(),
                soFar.map(Trace::refused).orElse(0L) + refused);
    }

    Trace untouchedUntil(Position later) {
        return new Trace(before, last, later, refused);
    }

    Stretch said() {
        return new Stretch(before, last.position());
    }

    /// What others wrote between all this and `next`: a request is written in one piece.
    Stretch until(WriteResult next) {
        boolean isWriting = next.outcomes().stream().anyMatch(Outcome.Written.class::isInstance);
        var end = isWriting ? beforeWriting(next) : next.bookmark().position();
        return new Stretch(last.position(), end);
    }

    private static Position beforeWriting(WriteResult batch) {
        return batch.outcomes().stream()
                .filter(Outcome.Written.class::isInstance)
                .map(outcome -> ((Outcome.Written) outcome).stamp().position())
                .findFirst()
                .map(first -> new Position(first.number() - 1))
                .orElse(Position.START);
    }
}
