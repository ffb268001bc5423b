package dev.palimpsest.query.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.port.Visibility.Level;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FollowersTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int FAR = 15_000;

    private final ListFeed feed = new ListFeed();
    private final MapProjection one = new MapProjection();
    private final MapProjection other = new MapProjection();
    private final MapProjection meaning = new MapProjection();

    @Test
    void whatGivesWayWaitsForWhoeverIsFarBehindOfWhatMakesWritesSearchable() throws Exception {
        meaning.givesWay = true;
        try (var followers = new Followers(feed, List.of(one, other), List.of(meaning))) {
            assertThat(followers.await(feed.head(), Level.EMBEDDED, SOON)).isTrue();
            try (var _ = slow(one)) {
                add(FAR);
                // It may have looked before that was so.
                Thread.sleep(500);
                add(1);
                assertThat(follower(followers, other).await(feed.head(), SOON)).isTrue();
                Thread.sleep(500);
                assertThat(meaning.covers()).isLessThan(feed.head());
            }
            assertThat(followers.await(feed.head(), Level.EMBEDDED, SOON)).isTrue();
        }
    }

    @Test
    void whatMakesWritesSearchableIsNotHeldUpByWhatGivesWay() throws Exception {
        meaning.givesWay = true;
        try (var followers = new Followers(feed, List.of(one), List.of(meaning))) {
            assertThat(followers.await(feed.head(), Level.EMBEDDED, SOON)).isTrue();
            try (var _ = slow(meaning)) {
                add(FAR);
                assertThat(follower(followers, one).await(feed.head(), SOON)).isTrue();
                var quickest =
                        Awaited.quickest(
                                follower(followers, one),
                                () -> {
                                    add(1);
                                    return feed.head();
                                });
                assertThat(quickest).isLessThan(Duration.ofMillis(500));
            }
        }
    }

    /// Until it is closed, for a follower waits for it at its end.
    private static Followers.Held slow(MapProjection projection) {
        projection.isSlow = true;
        return () -> projection.isSlow = false;
    }

    private void add(int count) {
        for (int i = 0; i < count; i++) {
            feed.add("entity");
        }
    }

    private static Follower follower(Followers followers, MapProjection of) {
        return followers.all().stream()
                .filter(follower -> follower.projection().equals(of))
                .findFirst()
                .orElseThrow();
    }
}
