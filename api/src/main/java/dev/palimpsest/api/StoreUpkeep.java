package dev.palimpsest.api;

import dev.palimpsest.api.route.Readiness;
import dev.palimpsest.api.route.Readiness.Part;
import dev.palimpsest.api.route.Upkeep;
import dev.palimpsest.port.ChangeFeed;
import dev.palimpsest.port.Ledger;
import dev.palimpsest.port.Projection;
import dev.palimpsest.port.StoreException;
import dev.palimpsest.port.Visibility.Level;
import dev.palimpsest.query.index.Follower;
import dev.palimpsest.query.index.Followers;
import dev.palimpsest.query.index.Verification;
import dev.palimpsest.query.run.Followed;
import dev.palimpsest.time.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Looks after the projections, and tells whether everything known at the start can be found.
final class StoreUpkeep implements Upkeep {

    private final ChangeFeed feed;
    private final Ledger ledger;
    private final Followers followers;
    private final Supplier<Optional<String>> trouble;
    private final Position atStart;

    /// @param trouble why the ledger could not be written to of late
    StoreUpkeep(
            ChangeFeed feed,
            Ledger ledger,
            Followers followers,
            Supplier<Optional<String>> trouble) {
        this.feed = feed;
        this.ledger = ledger;
        this.followers = followers;
        this.trouble = trouble;
        this.atStart = feed.head();
    }

    /// `projection`, and how far it has followed.
    <P extends Projection> Followed<P> followed(P projection) {
        var follower = named(projection.name());
        return new Followed<>(projection, follower::covers);
    }

    /// Whether the ledger answers and takes what is written, and everything known at the start can
    /// be found by its words, place, time and causes. Meanings may take longer: whoever asks
    /// meanwhile gets an answer that says how many are missing.
    Readiness readiness() {
        var parts = new ArrayList<Part>();
        parts.add(ledgerPart());
        var needed = followers.of(Level.SEARCHABLE);
        followers.all().forEach(follower -> parts.add(part(follower, needed.contains(follower))));
        return new Readiness(parts);
    }

    @Override
    public List<State> states() {
        long head = feed.head().number();
        return followers.all().stream()
                .map(follower ->
                        new State(
                                follower.projection().name(),
                                follower.isFollowing(),
                                Math.max(0, head - follower.projection().covers().number())))
                .toList();
    }

    @Override
    public Finding verify(String projection) throws InterruptedException {
        var report = new Verification(feed, ledger.spaces()).compare(named(projection));
        return new Finding(
                report.projection(), report.compared(), report.differences(), report.examples());
    }

    @Override
    public void rebuild(String projection) {
        named(projection).rebuild();
    }

    private Follower named(String projection) {
        return followers.all().stream()
                .filter(follower -> follower.projection().name().equals(projection))
                .findFirst()
                .orElseThrow(() ->
                        new StoreException.NotFound(
                                "there is no projection '"
                                        + projection
                                        + "'; there are "
                                        + String.join(", ", names())));
    }

    private List<String> names() {
        return followers.all().stream().map(follower -> follower.projection().name()).toList();
    }

    private Part ledgerPart() {
        try {
            var head = "at position " + feed.head().number();
            return trouble.get()
                    .map(why -> new Part("ledger", false, head + ", but takes no writes: " + why))
                    .orElseGet(() -> new Part("ledger", true, head));
        } catch (StoreException e) {
            return new Part("ledger", false, String.valueOf(e.getMessage()));
        }
    }

    /// @param needed whether it must have passed what was known at the start
    private Part part(Follower follower, boolean needed) {
        var name = follower.projection().name();
        try {
            var covers = follower.covers();
            boolean ready = !needed || !covers.isBefore(atStart);
            return new Part(name, ready, "covers position " + covers.number());
        } catch (StoreException e) {
            return new Part(name, false, String.valueOf(e.getMessage()));
        }
    }
}
