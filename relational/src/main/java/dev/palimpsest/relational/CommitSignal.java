package dev.palimpsest.relational;

import dev.palimpsest.time.Position;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Wakes who waits for the next commit of this process, so that nobody has to ask the database all
/// the time. Commits of other processes are not told.
public final class CommitSignal {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition advanced = lock.newCondition();
    private Position head = Position.START;

    /// Everything up to `position` is durable.
    public void committed(Position position) {
        lock.lock();
        try {
            if (head.isBefore(position)) {
                head = position;
                advanced.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /// The last position committed here, as far as this was told.
    Position head() {
        lock.lock();
        try {
            return head;
        } finally {
            lock.unlock();
        }
    }

    /// Waits until something beyond `after` was committed here, at most so long.
    ///
    /// @return the last position committed here, as far as this was told
    Position awaitBeyond(Position after, Duration atMost) throws InterruptedException {
        long left = atMost.toNanos();
        lock.lockInterruptibly();
        try {
            while (!after.isBefore(head) && left > 0) {
                left = advanced.awaitNanos(left);
            }
            return head;
        } finally {
            lock.unlock();
        }
    }

    /// How long of `left` nanoseconds to wait before the database is asked itself.
    static Duration atMost(long left, Duration longest) {
        return Duration.of(
                Math.clamp(left, 0, longest.toNanos()), TimeUnit.NANOSECONDS.toChronoUnit());
    }
}
