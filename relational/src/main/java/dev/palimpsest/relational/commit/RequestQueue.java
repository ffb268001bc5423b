package dev.palimpsest.relational.commit;

import dev.palimpsest.model.SpaceId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Queue;
import java.util.SequencedMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Requests waiting for the committer, bounded in number, in items and in characters. Those of one
/// space keep their order; of several, each has its turn, so that a space that floods the queue
/// delays itself and not the others.
final class RequestQueue {

    /// What became of an offer.
    enum Offer {
        TAKEN,
        FULL,
        CLOSED
    }

    /// Of the room there is; the rest is for the others.
    private static final double SHARE_OF_A_SPACE = .5;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /// Those of each space, by whose turn it is.
    private final SequencedMap<SpaceId, Waiting> spaces = new LinkedHashMap<>();

    private final Waiting all = new Waiting();
    private boolean closed;

    Offer offer(Pending request) {
        lock.lock();
        try {
            if (closed) {
                return Offer.CLOSED;
            }
            var ofSpace = spaces.getOrDefault(request.space(), new Waiting());
            if (!all.hasRoomFor(request, 1) || !ofSpace.hasRoomFor(request, SHARE_OF_A_SPACE)) {
                return Offer.FULL;
            }
            spaces.putIfAbsent(request.space(), ofSpace);
            ofSpace.add(request);
            all.count(request, 1);
            changed.signal();
            return Offer.TAKEN;
        } finally {
            lock.unlock();
        }
    }

    /// Waits for the next batch: whole requests of at most [Limits#MOST_ITEMS_PER_BATCH] items
    /// together; what is no write stands alone. Empty when closed and drained.
    List<Pending> take() {
        lock.lock();
        try {
            while (spaces.isEmpty() && !closed) {
                changed.awaitUninterruptibly();
            }
            List<Pending> batch = new ArrayList<>();
            int taken = 0;
            while (!spaces.isEmpty()) {
                var turn = spaces.firstEntry();
                var next = turn.getValue().requests.element();
                boolean alone = !(next instanceof Pending.Write);
                boolean fits = !alone && taken + next.weight() <= Limits.MOST_ITEMS_PER_BATCH;
                if (!batch.isEmpty() && !fits) {
                    break;
                }
                batch.add(take(turn.getKey(), turn.getValue()));
                taken += next.weight();
                if (alone) {
                    break;
                }
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }

    /// Takes the next request of a space, and puts the space behind the others.
    private Pending take(SpaceId space, Waiting ofSpace) {
        var next = ofSpace.remove();
        all.count(next, -1);
        spaces.remove(space);
        if (!ofSpace.requests.isEmpty()) {
            spaces.putLast(space, ofSpace);
        }
        return next;
    }

    /// Takes out what can as well be offered again: writes, and spaces to be made.
    List<Pending> takeOutWrites() {
        lock.lock();
        try {
            List<Pending> out = new ArrayList<>();
            for (var ofSpace : spaces.values()) {
                out.addAll(ofSpace.removeWrites());
            }
            out.forEach(request -> all.count(request, -1));
            spaces.values().removeIf(ofSpace -> ofSpace.requests.isEmpty());
            return out;
        } finally {
            lock.unlock();
        }
    }

    /// Takes nothing any more; what waits is still to be taken out.
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    int waitingItems() {
        lock.lock();
        try {
            return all.items;
        } finally {
            lock.unlock();
        }
    }

    /// How much waits, and of one space what.
    private static final class Waiting {
        private final Queue<Pending> requests = new ArrayDeque<>();
        private int count;
        private int items;
        private long characters;

        /// @param share of all the room there is
        boolean hasRoomFor(Pending request, double share) {
            return count < share * Limits.MOST_REQUESTS_WAITING
                    && items + request.weight() <= share * Limits.MOST_ITEMS_WAITING
                    && (count == 0
                            || characters + request.size()
                                    <= share * Limits.MOST_CHARACTERS_WAITING);
        }

        void add(Pending request) {
            requests.add(request);
            count(request, 1);
        }

        Pending remove() {
            var request = requests.remove();
            count(request, -1);
            return request;
        }

        List<Pending> removeWrites() {
            List<Pending> out = requests.stream().filter(Pending::isWrite).toList();
            requests.removeIf(Pending::isWrite);
            out.forEach(request -> count(request, -1));
            return out;
        }

        void count(Pending request, int sign) {
            count += sign;
            items += sign * request.weight();
            characters += sign * request.size();
        }
    }
}
