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
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
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

    /// How long a projection that gives way does so before each batch, at most.
    private static final Duration LONGEST_GIVING_WAY = Duration.ofMinutes(1);

    /// A batch of less than this share of the most is small.
    private static final double SMALL = .2;

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    /// After so many failures in a row the projection counts as failed; trying goes on.
    private static final int PATIENCE = 5;

    private final ChangeFeed feed;
    private final Projection projection;
    private final int batch;
    private final BooleanSupplier othersFarBehind;
    private final Thread thread;
    private final Object progress = new Object();
    private volatile int awaiting;
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
    /// @param othersFarBehind whether other followers are, so that whoever waits for all of them
    ///   gets nothing from hurrying this one. May take a while to say
    Follower(ChangeFeed feed, Projection projection, int batch, BooleanSupplier othersFarBehind) {
        this.feed = feed;
        this.projection = projection;
        this.batch = batch;
        this.othersFarBehind = othersFarBehind;
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
    }

    /// Takes nothing more until it is let go; the batch it is at is finished.
    void hold(boolean hold) {
        held = hold;
        synchronized (progress) {
            progress.notifyAll();
        }
    }

    private void waitUntilLetGo() {
        synchronized (progress) {
            try {
                while (held && !stopping) {
                    progress.wait(LONGEST_WAIT.toMillis());
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException("a follower is never interrupted", e);
            }
        }
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
        addAwaiting(1);
        return () -> addAwaiting(-1);
    }

    private void addAwaiting(int more) {
        synchronized (progress) {
            awaiting += more;
            progress.notifyAll();
        }
    }

    /// Open while somebody waits.
    interface Hurry extends AutoCloseable {
        @Override
        void close();
    }

    @Override
    public void close() {
        stopping = true;
        synchronized (progress) {
            progress.notifyAll();
        }
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
                    waitUntilLetGo();
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
            synchronized (progress) {
                progress.notifyAll();
            }
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
        long left = feed.head().number() - changes.upTo().number();
        if (changes.rows().size() < SMALL * batch && left < batch) {
            gather(begun);
        }
    }

    private void gather(long begun) {
        synchronized (progress) {
            progress.notifyAll();
        }
        awaitOthers(() -> true, begun + GATHERING_AHEAD.toNanos());
        awaitSomebody(begun + GATHERING.toNanos());
    }

    private void giveWay() {
        if (projection.givesWay()) {
            awaitOthers(this::isUnwanted, System.nanoTime() + LONGEST_GIVING_WAY.toNanos());
        }
    }

    /// Nobody waits for just this projection, also to forget or to see whether it can follow again.
    private boolean isUnwanted() {
        projection.requireSound();
        return awaiting == 0 && toScour.isEmpty() && failure.isEmpty();
    }

    /// Until the others are near, while there is nothing else to do; looks now and then. They are
    /// asked while nothing is held, for nobody who begins to wait here may be kept by that.
    private void awaitOthers(BooleanSupplier patient, long until) {
        while (System.nanoTime() < until
                && isFree()
                && patient.getAsBoolean()
                && othersFarBehind.getAsBoolean()) {
            synchronized (progress) {
                try {
                    progress.wait(BETWEEN_LOOKS.toMillis());
                } catch (InterruptedException e) {
                    throw new IllegalStateException("a follower is never interrupted", e);
                }
            }
        }
    }

    private boolean isFree() {
        return !stopping && !held && !rebuild;
    }

    private void awaitSomebody(long until) {
        synchronized (progress) {
            try {
                for (long left = until - System.nanoTime();
                        left > 0 && awaiting == 0 && !stopping;
                        left = until - System.nanoTime()) {
                    progress.wait(1 + left / 1_000_000);
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException("a follower is never interrupted", e);
            }
        }
    }

    /// Has the projection give back the room of what was dropped from a space; the future completes
    /// when that is durable.
    public CompletableFuture<Void> scour(SpaceId space) {
        var scouring = new Scouring(space, feed.head(), new CompletableFuture<>());
        toScour.add(scouring);
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
        long until = System.nanoTime() + RETRY_PAUSE.toNanos();
        while (!stopping && System.nanoTime() < until) {
            LockSupport.parkNanos(50_000_000);
        }
        return before + 1;
    }

    /// Thrown through a scan to end it when the follower closes.
    private static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
