package dev.palimpsest.relational.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palimpsest.model.Space;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.model.Value;
import dev.palimpsest.port.StoreException;
import dev.palimpsest.port.WriteItem;
import dev.palimpsest.port.WriteItem.Action;
import dev.palimpsest.port.WriteRequest;
import dev.palimpsest.port.WriteResult;
import dev.palimpsest.relational.TestDatabases;
import java.sql.Connection;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/// Something large is taken in while others write.
class StandstillTest {

    private static final SpaceId SPACE = new SpaceId("notes");
    private static final Duration PATIENCE = Duration.ofMillis(200);

    @Test
    void whoWritesMeanwhileIsToldWhyAndWhenToComeAgain() throws Exception {
        try (var database = TestDatabases.fresh();
                var recorder =
                        PgRecorder.open(
                                database.dataSource(), InstantSource.system(), _ -> {}, PATIENCE);
                var connection = database.dataSource().getConnection();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            recorder.makeSpace(new Space(SPACE, false));
            connection.setAutoCommit(false);
            var large = new Large(connection, new CountDownLatch(1), new CountDownLatch(1));
            var taken = threads.submit(() -> recorder.takeIn(large));
            large.begun.await();

            var waits = write(recorder);
            requireTurnedAway(waits);
            requireTurnedAway(write(recorder));
            assertThatThrownBy(() -> recorder.makeSpace(new Space(new SpaceId("more"), false)))
                    .isInstanceOf(StoreException.Overloaded.class);

            large.mayEnd.countDown();
            assertThat(taken.get().position().number()).isEqualTo(3);
            assertThat(write(recorder).join().outcomes())
                    .first()
                    .isInstanceOf(WriteResult.Outcome.Written.class);
            assertThat(recorder.waitingItems()).isZero();
        }
    }

    private static void requireTurnedAway(CompletableFuture<WriteResult> write) {
        assertThatThrownBy(write::join)
                .cause()
                .isInstanceOfSatisfying(
                        StoreException.Overloaded.class,
                        turnedAway ->
                                assertThat(turnedAway.retryAfter())
                                        .isEqualTo(Limits.RETRY_AFTER_STANDSTILL))
                .hasMessageContaining("a space is being taken in")
                .hasMessageNotContaining("large");
    }

    private static CompletableFuture<WriteResult> write(PgRecorder recorder) {
        var said =
                OpenLedger.statement(
                        "ann", "likes", new Value.Text("tea"), OpenLedger.since(2020), "us");
        var item = WriteItem.now(new Action.AssertFact(said));
        return recorder.record(new WriteRequest(SPACE, List.of(item), false, Optional.empty()));
    }

    /// Takes as long as it is let.
    private record Large(Connection connection, CountDownLatch begun, CountDownLatch mayEnd)
            implements Arrival {

        @Override
        public SpaceId space() {
            return new SpaceId("large");
        }

        @Override
        public long positions() {
            return 3;
        }

        @Override
        public Head land(Head head, int no) {
            begun.countDown();
            try {
                mayEnd.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return new Head(
                    head.epoch(), head.position() + positions(), head.recorded(), head.node());
        }
    }
}
