package dev.palimpsest.query.run;

import dev.palimpsest.port.Ledger;
import dev.palimpsest.port.StoreException;
import dev.palimpsest.port.Visibility;
import dev.palimpsest.question.Question;
import dev.palimpsest.time.Bookmark;
import dev.palimpsest.time.Position;
import java.time.Duration;
import java.util.function.Supplier;

/// Pins the position a question is answered at: the lowest of what the projections cover and what
/// was recorded by `knownAt`.
final class Snapshots {

    /// How long a question waits for what its bookmark saw.
    static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private final Ledger ledger;
    private final Supplier<Position> covers;
    private final Visibility visibility;

    /// @param covers how far all projections are that a question needs
    Snapshots(Ledger ledger, Supplier<Position> covers, Visibility visibility) {
        this.ledger = ledger;
        this.covers = covers;
        this.visibility = visibility;
    }

    /// @param meanwhile done before it waits, if it must
    /// @throws IllegalArgumentException if the question's bookmark is of another ledger, or was
    ///   never handed out
    /// @throws StoreException.Unavailable if what its bookmark saw is not seen in time
    Position pin(Question question, Runnable meanwhile) {
        question.after().ifPresent(after -> await(after, meanwhile));
        var covered = covers.get();
        return question.knownAt()
                .map(moment -> ledger.positionAt(question.space(), moment))
                .map(known -> Position.lower(known, covered))
                .orElse(covered);
    }

    private void await(Bookmark after, Runnable meanwhile) {
        var head = ledger.head();
        if (!after.epoch().equals(head.epoch()) || after.partition() != head.partition()) {
            throw new IllegalArgumentException(
                    "after is a bookmark of another ledger, perhaps of this one before it was"
                            + " restored; ask without it: "
                            + after);
        }
        if (head.position().isBefore(after.position())) {
            throw new IllegalArgumentException(
                    "after lies beyond the last position of the ledger, "
                            + head
                            + "; no write was answered with it: "
                            + after);
        }
        if (!isCovered(after.position())) {
            meanwhile.run();
            waitFor(after.position());
        }
        if (covers.get().isBefore(after.position())) {
            throw new StoreException.Unavailable(
                    "what was written up to "
                            + after
                            + " cannot be searched yet; ask again a little later");
        }
    }

    private boolean isCovered(Position position) {
        try {
            return !covers.get().isBefore(position);
        } catch (StoreException.Unavailable _) {
            // A projection that is being built may be there in time.
            return false;
        }
    }

    private void waitFor(Position position) {
        try {
            visibility.await(position, Visibility.Level.SEARCHABLE, LONGEST_WAIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException.Unavailable("interrupted while waiting for " + position, e);
        }
    }
}
