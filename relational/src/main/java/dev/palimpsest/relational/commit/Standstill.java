package dev.palimpsest.relational.commit;

import dev.palimpsest.port.StoreException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What keeps the committer from writing for long: something is forgotten, or a space taken in,
/// which is one transaction however large it is. Who wants to write meanwhile waits a little, then
/// is told why, and when to come again.
final class Standstill {

    private static final Logger LOG = LoggerFactory.getLogger(Standstill.class);

    private final RequestQueue queue;
    private final Duration patience;
    private volatile Optional<Step> step = Optional.empty();

    /// @param queue those in it are told
    /// @param patience how long a step may take before that
    Standstill(RequestQueue queue, Duration patience) {
        this.queue = queue;
        this.patience = patience;
    }

    /// A step that is under way.
    final class Step implements AutoCloseable {
        /// Without a name: whoever waits need not be of that space.
        private final String what;

        private final long begun = System.nanoTime();
        private final CountDownLatch ended = new CountDownLatch(1);

        private Step(String what) {
            this.what = what;
        }

        private void watch() {
            try {
                if (!ended.await(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                    queue.takeOutWrites()
                            .forEach(write -> write.future().completeExceptionally(refusal()));
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException("nobody interrupts it", e);
            }
        }

        private StoreException refusal() {
            long seconds = (System.nanoTime() - begun) / 1_000_000_000;
            return new StoreException.Overloaded(
                    what
                            + ", for "
                            + seconds
                            + " s now, and nothing else is written until that has ended; write this"
                            + " again a little later",
                    Limits.RETRY_AFTER_STANDSTILL);
        }

        @Override
        public void close() {
            step = Optional.empty();
            ended.countDown();
            LOG.debug("{} for {} ns", what, System.nanoTime() - begun);
        }
    }

    /// A step begins; close it when it ends.
    Step begin(Pending request) {
        var begun = new Step(what(request));
        step = Optional.of(begun);
        Thread.ofVirtual().name("standstill").start(begun::watch);
        return begun;
    }

    private static String what(Pending request) {
        return switch (request) {
            case Pending.Forget(_, boolean dryRun, _) ->
                    dryRun
                            ? "what forgetting something would touch is being found out"
                            : "something is being forgotten";
            case Pending.TakeIn _ -> "a space is being taken in";
            case Pending.Lift _, Pending.NewSpace _, Pending.Write _ ->
                    "something is being written";
        };
    }

    /// Why a write is turned away just now, if it is.
    Optional<StoreException> refusal() {
        return step.filter(one -> System.nanoTime() - one.begun >= patience.toNanos())
                .map(Step::refusal);
    }
}
