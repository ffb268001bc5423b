package dev.palimpsest.graph.janus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class GraphThreadsTest {

    @Test
    void whoClosesThemAndIsInterruptedInterruptsNoneOfThem() throws Exception {
        var threads = new GraphThreads("test", 1, 1);
        var begun = new CountDownLatch(1);
        var closerWaits = new CountDownLatch(1);
        var work = new FutureTask<>(() -> threads.call(() -> workUntil(begun, closerWaits)));
        Thread.ofPlatform().start(work);
        begun.await();
        var closer =
                Thread.ofPlatform()
                        .start(() -> {
                            Thread.currentThread().interrupt();
                            threads.close();
                        });
        while (closer.getState() != Thread.State.TIMED_WAITING
                && closer.getState() != Thread.State.WAITING
                && closer.getState() != Thread.State.TERMINATED) {
            Thread.onSpinWait();
        }
        closerWaits.countDown();

        assertThat(work.get()).as("interrupted").isFalse();
        closer.join();
    }

    /// Works on for a moment after the closer has begun to wait.
    private static boolean workUntil(CountDownLatch begun, CountDownLatch closerWaits) {
        begun.countDown();
        while (closerWaits.getCount() > 0) {
            LockSupport.parkNanos(1_000_000);
        }
        return Thread.interrupted();
    }
}
