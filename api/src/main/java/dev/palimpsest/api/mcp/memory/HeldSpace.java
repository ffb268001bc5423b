package dev.palimpsest.api.mcp.memory;

import dev.palimpsest.ingest.record.WriteDoor;
import dev.palimpsest.ingest.source.InvalidField;
import dev.palimpsest.model.Space;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.ChangeFeed;
import dev.palimpsest.port.Ledger;
import dev.palimpsest.port.StoreException;
import dev.palimpsest.port.Visibility.Level;
import dev.palimpsest.port.WriteItem;
import dev.palimpsest.port.WriteRequest;
import dev.palimpsest.port.WriteResult.Outcome;
import dev.palimpsest.port.WriteResult.Refusal;
import dev.palimpsest.time.Moments;
import dev.palimpsest.time.Position;
import dev.palimpsest.time.Stamp;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Function;

/// A space whose graph is held in memory and in step with the ledger: before each use its last
/// position is compared, and if somebody else wrote, the graph is read again. Safe for use by many
/// threads; writes of this profile come one after the other.
final class HeldSpace {

    private final SpaceId space;
    private final Ledger ledger;
    private final ChangeFeed feed;
    private final WriteDoor door;
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

    /// What the ledger held at [#at]; guarded by the lock.
    private HeldGraph graph;

    /// The last position of the space that is in the graph; empty if the graph is to be read.
    private Optional<Position> at = Optional.empty();

    /// A position of the ledger up to which nothing of the space lies beyond [#at]. It is told
    /// without asking the database, which the last position of a space is not.
    private volatile Position nothingUpTo = Position.START;

    HeldSpace(SpaceId space, Ledger ledger, ChangeFeed feed, WriteDoor door) {
        this.space = space;
        this.ledger = ledger;
        this.feed = feed;
        this.door = door;
        this.graph = new HeldGraph(space);
    }

    /// What a call comes to.
    ///
    /// @param items to be written
    /// @param change what they change in the graph
    /// @param answer what is told
    record Plan<T>(List<WriteItem> items, Consumer<HeldGraph> change, T answer) {}

    <T> T read(Function<HeldGraph, T> reading) {
        lock.readLock().lock();
        try {
            if (isInStep()) {
                return reading.apply(graph);
            }
        } finally {
            lock.readLock().unlock();
        }
        lock.writeLock().lock();
        try {
            catchUp();
            return reading.apply(graph);
        } finally {
            lock.writeLock().unlock();
        }
    }

    /// Writes what `planning` makes of the graph: at once, or if that is more than
    /// [WriteRequest#MOST_ITEMS] items, in several requests one after the other.
    ///
    /// @throws InvalidField if an item breaks a rule; nothing of its request is written then
    /// @throws StoreException if the store refuses or cannot
    <T> T write(Function<HeldGraph, Plan<T>> planning) {
        lock.writeLock().lock();
        try {
            catchUp();
            var plan = planning.apply(graph);
            if (plan.items().isEmpty()) {
                return plan.answer();
            }
            var before = at;
            at = Optional.empty(); // until all is written, nobody knows
            makeSpace();
            var after = send(plan.items(), before);
            if (after.isPresent()) {
                plan.change().accept(graph);
                at = after;
            }
            return plan.answer();
        } finally {
            lock.writeLock().unlock();
        }
    }

    private void makeSpace() {
        if (ledger.space(space).isEmpty()) {
            door.makeSpace(new Space(space, false));
        }
    }

    /// The last position of this space.
    private Position last() {
        return ledger.positionAt(space, Moments.LAST);
    }

    private boolean isInStep() {
        var head = feed.head();
        if (at.isEmpty()) {
            return false;
        }
        if (nothingUpTo.isBefore(head)) {
            if (!at.get().equals(last())) {
                return false;
            }
            nothingUpTo = head;
        }
        return true;
    }

    private void catchUp() {
        if (!isInStep()) {
            var last = last();
            at = Optional.empty();
            graph = GraphReading.of(ledger, space, last);
            at = Optional.of(last);
        }
    }

    /// @return the last position written, if nobody else wrote since `before`
    private Optional<Position> send(List<WriteItem> items, Optional<Position> before) {
        var reached = before;
        for (int from = 0; from < items.size(); from += WriteRequest.MOST_ITEMS) {
            int to = Math.min(items.size(), from + WriteRequest.MOST_ITEMS);
            reached = after(send(items.subList(from, to), from), reached);
        }
        return reached;
    }

    private List<Stamp> send(List<WriteItem> items, int done) {
        var request = new WriteRequest(space, items, true, Optional.empty());
        var result = door.write(request, Level.DURABLE, Duration.ZERO).result();
        for (var outcome : result.outcomes()) {
            if (outcome instanceof Outcome.Refused(var refusal)
                    && refusal.reason() != Refusal.Reason.NOT_TRIED) {
                throw refused(refusal, done);
            }
        }
        return result.outcomes().stream()
                .filter(Outcome.Written.class::isInstance)
                .map(Outcome.Written.class::cast)
                .map(Outcome.Written::stamp)
                .toList();
    }

    private Optional<Position> after(List<Stamp> written, Optional<Position> before) {
        if (written.isEmpty() || before.isEmpty()) {
            return before;
        }
        var justBefore = written.getFirst().at().minus(1, ChronoUnit.MICROS);
        boolean nobodyElse = ledger.positionAt(space, justBefore).equals(before.get());
        return nobodyElse ? Optional.of(written.getLast().position()) : Optional.empty();
    }

    private static RuntimeException refused(Refusal refusal, int done) {
        var rule = refusal.rule() + (done == 0 ? "" : "; the first " + done + " are written");
        return switch (refusal.reason()) {
            case INVALID, NOT_TRIED -> new InvalidField(refusal.field(), rule);
            case CONFLICT -> new StoreException.Conflict(rule);
            case NOT_FOUND -> new StoreException.NotFound(rule);
            case FORGOTTEN -> new StoreException.Forgotten(rule);
        };
    }
}
