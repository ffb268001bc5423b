package dev.palimpsest.query.index;

import com.google.common.util.concurrent.Uninterruptibles;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.ChangeFeed;
import dev.palimpsest.port.Projection;
import dev.palimpsest.port.Projection.Checkpoint;
import dev.palimpsest.port.StoreException;
import dev.palimpsest.time.Position;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A thread that keeps one projection in step with the ledger: builds it by a scan when it is
/// empty, of another epoch or damaged, then follows the changes.
///
/// It is never interrupted, for an interrupt inside a store may destroy it; [#close] sets a flag
/// and waits. A build that is cut short begins again.
public final class Follower implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);

    private static final Duration LONGEST_WAIT = Duration.ofMillis(250);
    private static final Duration RETRY_PAUSE = Duration.ofSeconds(1);

    /// While small batches keep coming and nobody waits for them, one is taken no sooner after the
    /// last: each costs much that is the same for one change or for hundreds.
    private static final Duration GATHERING = Duration.ofMillis(100);

    /// Likewise while others are far behind: whoever waits does so for them, and gets nothing from
    /// what is taken sooner.
    private static final Duration GATHERING_AHEAD = Duration.ofSeconds(1);

    /// Who is so many positions behind is not where anybody wants it within seconds.
    private static final long FAR_BEHIND = 10_000;

    /// How far others may be behind before one that gives way does: what it takes from them until
    /// it looks again must not cost them seconds.
    private static final long BEHIND = 2_000;

    /// How long a projection that gives way does so before each batch, at most.
    private static final Duration LONGEST_GIVING_WAY = Duration.ofMinutes(1);

    /// While others have anything to do, a projection that gives way rests after each batch twice
    /// as long as that took, but no longer than this. What takes longer yields by itself.
    private static final Duration LONGEST_REST = Duration.ofMillis(300);

    /// A batch of less than this share of the most is small.
    private static final double SMALL = .2;

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    /// After so many failures in a row the projection counts as failed; trying goes on.
    private static final int PATIENCE = 5;

    private final ChangeFeed feed;
    private final Projection projection;
    private final int batch;
    private final LongSupplier othersLag;
    private final Thread thread;
    private final Object progress = new Object();
    private final AtomicInteger awaiting = new AtomicInteger();
    private long lastTook;
    private final Queue<Scouring> toScour = new ConcurrentLinkedQueue<>();
    private volatile boolean stopping;
    private volatile boolean rebuild;
    private volatile boolean held;
    // Until the checkpoint was read, nobody knows how far the projection is.
    private volatile boolean building = true;
    private volatile Optional<String> failure = Optional.empty();

    /// Does nothing until it is told to begin.
    ///
    /// @param batch the most changes taken at once; fewer where one of them costs much
    /// @param othersLag how many positions that of the other followers is behind which is furthest:
    ///   whoever waits for all of them gets nothing from hurrying this one. May take a while to say
    Follower(ChangeFeed feed, Projection projection, int batch, LongSupplier othersLag) {
        this.feed = feed;
        this.projection = projection;
        this.batch = batch;
        this.othersLag = othersLag;
        this.thread = Thread.ofPlatform().name("follow-" + projection.name()).unstarted(this::run);
    }

    /// Follows from now on, until closed.
    Follower begin() {
        thread.start();
        return this;
    }

    public Projection projection() {
        return projection;
    }

    /// Everything up to this position is seen by readers of the projection.
    ///
    /// @throws StoreException.Unavailable while it is being built, or when it has failed
    public Position covers() {
        if (building || rebuild) {
            throw new StoreException.Unavailable(
                    "the " + projection.name() + " index is being built; ask again a little later");
        }
        failure.ifPresent(reason -> {
            throw hasFailed(reason);
        });
        return projection.covers();
    }

    private StoreException hasFailed(String reason) {
        return new StoreException.Unavailable(
                "the " + projection.name() + " index has failed: " + reason);
    }

    /// Whether it follows the ledger: not being built, not failed.
    public boolean isFollowing() {
        return !building && !rebuild && failure.isEmpty();
    }

    /// Throws the projection away and builds it again, without stopping anything else. Returns at
    /// once; [#isFollowing] tells when it is done.
    ///
    /// @throws StoreException.Unavailable if it follows no more
    public void rebuild() {
        if (!thread.isAlive()) {
            throw hasFailed(failure.orElse("it was closed"));
        }
        rebuild = true;
        lookAgain();
    }

    /// Takes nothing more until it is let go; the batch it is at is finished.
    void hold(boolean hold) {
        held = hold;
        lookAgain();
    }

    /// Waits until the projection covers `position`.
    ///
    /// @return false if `atMost` passed first
    public boolean await(Position position, Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        try (var _ = hurry()) {
            synchronized (progress) {
                while (!isFollowing() || projection.covers().isBefore(position)) {
                    long left = (deadline - System.nanoTime()) / 1_000_000;
                    if (left <= 0) {
                        return false;
                    }
                    progress.wait(left);
                }
                return true;
            }
        }
    }

    /// Somebody waits: until that is closed, what comes is taken at once.
    Hurry hurry() {
        awaiting.incrementAndGet();
        lookAgain();
        return awaiting::decrementAndGet;
    }

    /// Open while somebody waits.
    interface Hurry extends AutoCloseable {
        @Override
        void close();
    }

    @Override
    public void close() {
        stopping = true;
        lookAgain();
        Uninterruptibles.joinUninterruptibly(thread);
    }

    /// An error may leave anything half done in memory: nothing is tried again on top of that.
    private void run() {
        try {
            keepUp();
        } catch (Error e) {
            LOG.error("the {} index follows no more until a restart", projection.name(), e);
            failure = Optional.of(e + "; start the server again");
            building = false;
            rebuild = false;
        }
    }

    private void keepUp() {
        int failures = 0;
        while (!stopping) {
            try {
                if (held) {
                    restWhile(() -> held, System.nanoTime() + LONGEST_WAIT.toNanos());
                    continue;
                }
                if (rebuild || needsBuild()) {
                    build();
                } else {
                    projection.requireSound();
                    building = false;
                    scour();
                    giveWay();
                    if (isFree()) {
                        follow();
                    }
                }
                failures = 0;
                failure = Optional.empty();
            } catch (Stopped e) {
                LOG.info(
                        "the {} index was being built and begins again next time",
                        projection.name());
            } catch (StoreException.Corrupt e) {
                LOG.error("the {} index is built again: {}", projection.name(), e.getMessage());
                LOG.debug("that was met here", e);
                failures = failed(failures, e);
                rebuild = true;
            } catch (RuntimeException e) {
                LOG.warn("the {} index could not follow; trying again", projection.name(), e);
                failures = failed(failures, e);
            }
            tellWhoWaits();
        }
    }

    private void tellWhoWaits() {
        synchronized (progress) {
            progress.notifyAll();
        }
    }

    private boolean needsBuild() {
        return projection.checkpoint().map(at -> !at.epoch().equals(feed.epoch())).orElse(true);
    }

    private void build() {
        building = true;
        rebuild = false;
        projection.clear();
        var upTo =
                feed.scan(
                        projection.kinds(),
                        batch,
                        rows -> {
                            if (stopping) {
                                throw new Stopped();
                            }
                            projection.apply(rows, Checkpoint.UNFINISHED);
                        });
        projection.apply(List.of(), new Checkpoint(feed.epoch(), upTo));
        building = false;
        LOG.info("the {} index was built, up to position {}", projection.name(), upTo.number());
    }

    private void follow() {
        long begun = System.nanoTime();
        var after = projection.checkpoint().orElseThrow().position();
        var changes = feed.changesAfter(after, batch);
        if (changes.upTo().equals(after)) {
            pause(after);
            return;
        }
        if (!changes.gone().isEmpty()) {
            projection.drop(changes.gone());
        }
        projection.apply(changes.rows(), new Checkpoint(feed.epoch(), changes.upTo()));
        lastTook = System.nanoTime() - begun;
        if (changes.rows().size() < SMALL * batch
                && feed.head().number() - changes.upTo().number() < batch) {
            gather(begun);
        }
    }

    private void gather(long begun) {
        tellWhoWaits();
        restWhile(
                () -> othersLag.getAsLong() > FAR_BEHIND && isFree(),
                begun + GATHERING_AHEAD.toNanos());
        restWhile(() -> awaiting.get() == 0, begun + GATHERING.toNanos());
    }

    private void giveWay() {
        if (projection.givesWay()) {
            long rest = Math.min(2 * lastTook, LONGEST_REST.toNanos());
            lastTook = 0;
            giveWay(0, rest);
            giveWay(BEHIND, LONGEST_GIVING_WAY.toNanos());
        }
    }

    private void giveWay(long behind, long atMost) {
        restWhile(
                () -> othersLag.getAsLong() > behind && isFree() && isUnwanted(),
                System.nanoTime() + atMost);
    }

    /// Nobody waits for just this projection, also to forget or to see whether it can follow again.
    private boolean isUnwanted() {
        projection.requireSound();
        return awaiting.get() == 0 && toScour.isEmpty() && failure.isEmpty();
    }

    private boolean isFree() {
        return !stopping && !held && !rebuild;
    }

    /// Rests as long as `reason` holds, until a moment at the latest. Looks whether it does now and
    /// then, and when it is told to: so what may take a while is to be asked first in a reason.
    private void restWhile(BooleanSupplier reason, long until) {
        for (long left = until - System.nanoTime();
                left > 0 && !stopping && reason.getAsBoolean();
                left = until - System.nanoTime()) {
            LockSupport.parkNanos(this, Math.min(left, BETWEEN_LOOKS.toNanos()));
            if (Thread.interrupted()) {
                LOG.warn("whoever follows for {} was interrupted, and goes on", projection.name());
            }
        }
    }

    private void lookAgain() {
        LockSupport.unpark(thread);
    }

    /// Has the projection give back the room of what was dropped from a space; the future completes
    /// when that is durable.
    public CompletableFuture<Void> scour(SpaceId space) {
        var scouring = new Scouring(space, feed.head(), new CompletableFuture<>());
        toScour.add(scouring);
        lookAgain();
        return scouring.done;
    }

    /// What was not yet followed is not yet dropped, or no longer: after a failure it is followed
    /// again first.
    private void scour() {
        var reached = projection.checkpoint().orElseThrow().position();
        for (var next = toScour.peek();
                next != null && !reached.isBefore(next.after);
                next = toScour.peek()) {
            projection.scour(next.space);
            toScour.remove();
            next.done.complete(null);
        }
    }

    /// @param after the position that must be followed to first
    private record Scouring(SpaceId space, Position after, CompletableFuture<Void> done) {}

    private void pause(Position after) {
        try {
            feed.awaitBeyond(after, LONGEST_WAIT);
        } catch (InterruptedException e) {
            throw new IllegalStateException("a follower is never interrupted", e);
        }
    }

    private int failed(int before, RuntimeException reason) {
        if (before + 1 >= PATIENCE) {
            failure = Optional.of(String.valueOf(reason.getMessage()));
        }
        restWhile(() -> true, System.nanoTime() + RETRY_PAUSE.toNanos());
        return before + 1;
    }

    /// Thrown through a scan to end it when the follower closes.
    private static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
