package dev.palimpsest.relational.commit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Requests waiting for the committer, in order, bounded in number and in items.
final class RequestQueue {

    /// What became of an offer.
    enum Offer {
        TAKEN,
        FULL,
        CLOSED
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<Pending> waiting = new ArrayDeque<>();
    private int items;
    private boolean closed;

    Offer offer(Pending request) {
        lock.lock();
        try {
            if (closed) {
                return Offer.CLOSED;
            }
            if (waiting.size() >= Limits.MOST_REQUESTS_WAITING
                    || items + request.weight() > Limits.MOST_ITEMS_WAITING) {
                return Offer.FULL;
            }
            waiting.add(request);
            items += request.weight();
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
            while (waiting.isEmpty() && !closed) {
                changed.awaitUninterruptibly();
            }
            List<Pending> batch = new ArrayList<>();
            int taken = 0;
            for (var next = waiting.peek(); next != null; next = waiting.peek()) {
                boolean alone = !(next instanceof Pending.Write);
                if (!batch.isEmpty()
                        && (alone || taken + next.weight() > Limits.MOST_ITEMS_PER_BATCH)) {
                    break;
                }
                batch.add(waiting.remove());
                taken += next.weight();
                if (alone) {
                    break;
                }
            }
            items -= taken;
            return batch;
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
            return items;
        } finally {
            lock.unlock();
        }
    }
}
