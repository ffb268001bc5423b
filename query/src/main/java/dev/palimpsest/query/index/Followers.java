package dev.palimpsest.query.index;

import dev.palimpsest.port.ChangeFeed;
import dev.palimpsest.port.Projection;
import dev.palimpsest.port.Visibility;
import dev.palimpsest.time.Position;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// All followers of a ledger, and so how visible its writes are.
public final class Followers implements Visibility, AutoCloseable {

    private static final int BATCH = 5_000;

    /// Embedding takes milliseconds a text; more of them would keep those who wait waiting.
    private static final int EMBEDDED_BATCH = 500;

    private final ChangeFeed feed;
    private final List<Follower> searchable;
    private final List<Follower> embedded;

    /// Starts to follow.
    ///
    /// @param searchable the projections that make a write searchable
    /// @param embedded those that make its meaning searchable too
    public Followers(ChangeFeed feed, List<Projection> searchable, List<Projection> embedded) {
        this.feed = feed;
        this.searchable = followers(searchable, BATCH);
        this.embedded = followers(embedded, EMBEDDED_BATCH);
        all().forEach(Follower::begin);
    }

    private List<Follower> followers(List<Projection> projections, int batch) {
        return projections.stream()
                .map(one -> new Follower(feed, one, batch, () -> lagOfOthers(one)))
                .toList();
    }

    private long lagOfOthers(Projection one) {
        return lag(
                searchable.stream()
                        .filter(follower -> !follower.projection().equals(one))
                        .toList());
    }

    public List<Follower> all() {
        return Stream.concat(searchable.stream(), embedded.stream()).toList();
    }

    @Override
    public Position covers(Level level) {
        return of(level).stream().map(Follower::covers).reduce(feed.head(), Position::lower);
    }

    @Override
    public long lag(Level level) {
        return lag(of(level));
    }

    private long lag(List<Follower> followers) {
        long head = feed.head().number();
        return followers.stream()
                .filter(Follower::isFollowing)
                .mapToLong(follower -> head - follower.projection().covers().number())
                .max()
                .orElse(0);
    }

    @Override
    public boolean await(Position position, Level level, Duration atMost)
            throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        // All at once, or each would begin to hurry when those before it have come.
        var hurries = new ArrayDeque<>(of(level).stream().map(Follower::hurry).toList());
        try {
            for (var follower : of(level)) {
                var left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
                if (!follower.await(position, left)) {
                    return false;
                }
                hurries.removeFirst().close();
            }
            return true;
        } finally {
            hurries.forEach(Follower.Hurry::close);
        }
    }

    /// Lets nothing follow until the hold is closed, for whoever measures what writing costs alone.
    /// Batches under way are finished.
    public Held hold() {
        all().forEach(follower -> follower.hold(true));
        return () -> all().forEach(follower -> follower.hold(false));
    }

    /// Followers stand still until it is closed.
    public interface Held extends AutoCloseable {
        @Override
        void close();
    }

    /// Stops all of them, each after the batch it is at.
    @Override
    public void close() {
        var closing = new ArrayList<Thread>();
        for (var follower : all()) {
            closing.add(Thread.ofPlatform().start(follower::close));
        }
        for (var thread : closing) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /// Those a level of visibility waits for.
    public List<Follower> of(Level level) {
        return switch (level) {
            case DURABLE -> List.of();
            case SEARCHABLE -> searchable;
            case EMBEDDED -> all();
        };
    }
}
