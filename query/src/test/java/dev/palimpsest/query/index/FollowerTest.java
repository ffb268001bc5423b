package dev.palimpsest.query.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palimpsest.model.RowId;
import dev.palimpsest.model.Space;
import dev.palimpsest.port.Projection.Checkpoint;
import dev.palimpsest.port.Projection.HeldRow;
import dev.palimpsest.port.StoreException;
import dev.palimpsest.time.Moments;
import dev.palimpsest.time.Position;
import dev.palimpsest.time.Stamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class FollowerTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final ListFeed feed = new ListFeed();
    private final MapProjection projection = new MapProjection();
    private final AtomicLong othersLag = new AtomicLong();

    @Test
    void whatIsThereIsBuiltAndWhatComesIsFollowed() throws Exception {
        feed.add("before");
        try (var follower = follower()) {
            assertThat(follower.await(feed.head(), SOON)).isTrue();
            var id = feed.add("after");
            feed.close(id);
            assertThat(follower.await(feed.head(), SOON)).isTrue();

            assertThat(projection.held).hasSize(2);
            assertThat(projection.held.values()).contains(new HeldRow(id, 2, 3));
            assertThat(verify(follower).equal()).isTrue();
        }
    }

    @Test
    void whatIsHeldTakesNothingUntilItIsLetGo() throws Exception {
        feed.add("before");
        try (var follower = follower()) {
            assertThat(follower.await(feed.head(), SOON)).isTrue();
            follower.hold(true);
            // One that waits for the next change may have looked whether it is held before it was.
            feed.add("meanwhile");
            follower.await(feed.head(), Duration.ofMillis(500));
            feed.add("after");
            assertThat(follower.await(feed.head(), Duration.ofMillis(500))).isFalse();
            follower.hold(false);
            assertThat(follower.await(feed.head(), SOON)).isTrue();
        }
    }

    @Test
    void whatGivesWayTakesNothingWhileOthersAreBehindUnlessSomebodyWaitsForIt() throws Exception {
        try (var follower = givingWay()) {
            feed.add("meanwhile");
            Thread.sleep(500);
            assertThat(projection.covers()).isLessThan(feed.head());
            assertThat(follower.await(feed.head(), SOON)).isTrue();
        }
    }

    @Test
    void whatGivesWayGoesOnOnceOthersAreNear() throws Exception {
        try (var _ = givingWay()) {
            feed.add("meanwhile");
            othersLag.set(1_000);
            awaitTrue(() -> projection.covers().equals(feed.head()));
        }
    }

    @Test
    void whatGivesWayRestsTwiceAsLongAsItWorksWhileOthersHaveSomethingToDo() throws Exception {
        try (var _ = givingWay()) {
            for (int i = 0; i < 1_000; i++) {
                feed.add("meanwhile");
            }
            projection.pause = Duration.ofMillis(100);
            long begun = System.nanoTime();
            othersLag.set(1);
            awaitTrue(() -> projection.covers().equals(feed.head()));
            // Ten batches, and nine rests between them.
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .isGreaterThan(Duration.ofMillis(2_500));
        }
    }

    @Test
    void whatGivesWayFollowsForWhoeverForgets() throws Exception {
        try (var follower = givingWay()) {
            feed.add("meanwhile");
            follower.scour(ListFeed.SPACE).get(SOON.toSeconds(), TimeUnit.SECONDS);
            assertThat(projection.scouredAt).isEqualTo(feed.head());
        }
    }

    @Test
    void whatGivesWayIsBuiltAgainAtOnce() throws Exception {
        try (var follower = givingWay()) {
            feed.add("meanwhile");
            follower.rebuild();
            awaitTrue(() -> projection.clearings == 2);
        }
    }

    @Test
    void whatGivesWayTakesNothingWhileItIsHeldThoughSomebodyWaits() throws Exception {
        try (var follower = givingWay()) {
            feed.add("meanwhile");
            follower.hold(true);
            assertThat(follower.await(feed.head(), Duration.ofMillis(500))).isFalse();
            follower.hold(false);
            assertThat(follower.await(feed.head(), SOON)).isTrue();
        }
    }

    /// One that has followed all there is, and now gives way.
    private Follower givingWay() throws InterruptedException {
        projection.givesWay = true;
        var follower = follower();
        assertThat(follower.await(feed.head(), SOON)).isTrue();
        othersLag.set(3_000);
        // It may have looked before that was so.
        Thread.sleep(500);
        return follower;
    }

    @Test
    void whileOthersAreFarBehindNobodyIsHurriedByWhoWaitsForThem() throws Exception {
        othersLag.set(11_000);
        try (var follower = follower()) {
            assertThat(follower.await(feed.head(), SOON)).isTrue();
            long begun = System.nanoTime();
            int before = projection.batches;
            while (System.nanoTime() - begun < Duration.ofSeconds(3).toNanos()) {
                assertThat(follower.await(added(), SOON)).isTrue();
            }
            long most = 2 + Duration.ofNanos(System.nanoTime() - begun).toSeconds();
            assertThat(projection.batches - before).isBetween(1, (int) most);
            othersLag.set(9_000);
            assertThat(Awaited.quickest(follower, this::added)).isLessThan(Duration.ofMillis(500));
        }
    }

    private Position added() {
        feed.add("one more");
        return feed.head();
    }

    private Follower follower() {
        return new Follower(feed, projection, 100, othersLag::get).begin();
    }

    private static void awaitTrue(BooleanSupplier said) throws InterruptedException {
        long deadline = System.nanoTime() + SOON.toNanos();
        while (!said.getAsBoolean() && System.nanoTime() < deadline) {
            Thread.sleep(20);
        }
        assertThat(said.getAsBoolean()).isTrue();
    }

    @Test
    void anEmptyLedgerIsFollowedFromTheStart() throws Exception {
        try (var follower = follower()) {
            assertThat(follower.await(Position.START, SOON)).isTrue();
            feed.add("first");
            assertThat(follower.await(new Position(1), SOON)).isTrue();
            assertThat(projection.clearings).isEqualTo(1);
        }
    }

    @Test
    void aBuildCutShortBeginsAgain() throws Exception {
        feed.add("one");
        projection.apply(List.of(), Checkpoint.UNFINISHED);
        try (var follower = follower()) {
            assertThat(follower.await(feed.head(), SOON)).isTrue();
            assertThat(projection.clearings).isEqualTo(1);
            assertThat(projection.held).hasSize(1);
        }
    }

    @Test
    void aRestoredLedgerIsNeverMisread() throws Exception {
        feed.add("one");
        follower().close();
        feed.restore();
        try (var follower = follower()) {
            assertThat(follower.await(feed.head(), SOON)).isTrue();
            assertThat(projection.checkpoint().orElseThrow().epoch()).isEqualTo(feed.epoch());
        }
    }

    @Test
    void aDamagedProjectionIsBuiltAgainByItself() throws Exception {
        feed.add("one");
        try (var follower = follower()) {
            assertThat(follower.await(feed.head(), SOON)).isTrue();
            projection.damaged = true;
            feed.add("two");
            assertThat(follower.await(feed.head(), SOON)).isTrue();
            assertThat(projection.held).hasSize(2);
            assertThat(projection.clearings).isEqualTo(2);
        }
    }

    @Test
    void damageThatAReaderMeetsIsMendedThoughNothingIsWritten() throws Exception {
        feed.add("one");
        try (var follower = follower()) {
            assertThat(follower.await(feed.head(), SOON)).isTrue();
            projection.damageWasMet = true;
            awaitTrue(() -> projection.clearings == 2);
            assertThat(follower.await(feed.head(), SOON)).isTrue();
            assertThat(projection.clearings).isEqualTo(2);
            assertThat(projection.held).hasSize(1);
        }
    }

    @Test
    void afterAnErrorNothingIsTriedOnTopOfWhatMayBeHalfDoneAndThatIsTold() throws Exception {
        feed.add("one");
        try (var follower = follower()) {
            assertThat(follower.await(feed.head(), SOON)).isTrue();
            projection.nextFault = new OutOfMemoryError("made by the test");
            feed.add("two");
            assertThat(follower.await(feed.head(), Duration.ofSeconds(2))).isFalse();
            assertThat(follower.isFollowing()).isFalse();
            assertThatThrownBy(follower::covers)
                    .isInstanceOf(StoreException.Unavailable.class)
                    .hasMessageContaining("made by the test")
                    .hasMessageContaining("start the server again");
            assertThatThrownBy(follower::rebuild)
                    .as("it is not said to be under way where nobody does it")
                    .isInstanceOf(StoreException.Unavailable.class)
                    .hasMessageContaining("start the server again");
        }
        try (var follower = follower()) {
            assertThat(follower.await(feed.head(), SOON)).isTrue();
            assertThat(projection.held).hasSize(2);
        }
    }

    @Test
    void nothingIsScouredBeforeWhatWasForgottenIsFollowed() throws Exception {
        feed.add("before");
        try (var follower = follower()) {
            assertThat(follower.await(feed.head(), SOON)).isTrue();
            follower.hold(true);
            feed.add("meanwhile");
            follower.await(feed.head(), Duration.ofMillis(500));
            feed.add("after");
            var scouring = follower.scour(ListFeed.SPACE);
            follower.hold(false);
            scouring.get(SOON.toSeconds(), TimeUnit.SECONDS);
            assertThat(projection.scouredAt).isEqualTo(feed.head());
        }
    }

    @Test
    void verificationNoticesWhatIsMissingAndWhatIsTooMuchAndWhatIsNotClosed() throws Exception {
        var lost = feed.add("lost");
        var closed = feed.add("closed");
        feed.close(closed);
        feed.add("kept");
        try (var follower = follower()) {
            assertThat(follower.await(feed.head(), SOON)).isTrue();
            var foreign = RowId.of(new Stamp(new Position(2), Instant.EPOCH), 7);
            projection.held.remove(lost);
            projection.held.put(foreign, new HeldRow(foreign, 2, Moments.OPEN));
            projection.held.put(closed, new HeldRow(closed, 2, Moments.OPEN));

            var report = verify(follower);

            assertThat(report.compared()).isEqualTo(3);
            assertThat(report.differences()).isEqualTo(3);
            assertThat(report.examples())
                    .anyMatch(line -> line.startsWith("missing") && line.contains(lost.toString()))
                    .anyMatch(line -> line.contains("not in the ledger"))
                    .anyMatch(line -> line.contains("the ledger has"));
        }
    }

    private Verification.Report verify(Follower follower) throws InterruptedException {
        return new Verification(feed, List.of(new Space(ListFeed.SPACE, false))).compare(follower);
    }
}
