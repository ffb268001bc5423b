package dev.palimpsest.graph.janus;

import com.google.common.util.concurrent.Uninterruptibles;
import dev.palimpsest.port.StoreException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// The threads that touch the store. Nobody holds a reference to one, so nobody can interrupt one:
/// an interrupt inside BerkeleyJE invalidates its environment until it is opened again.
final class GraphThreads implements AutoCloseable {

    private static final Duration TRY_AGAIN = Duration.ofSeconds(1);

    /// Gremlin text is read and run by recursion; [GremlinText] bounds how deep.
    private static final long STACK_BYTES = 16L << 20;

    private final String name;
    private final ThreadPoolExecutor pool;

    /// @param waiting how many callers may wait beyond the `threads` served
    GraphThreads(String name, int threads, int waiting) {
        this.name = name;
        this.pool =
                new ThreadPoolExecutor(
                        threads,
                        threads,
                        0,
                        TimeUnit.SECONDS,
                        new ArrayBlockingQueue<>(waiting),
                        Thread.ofPlatform()
                                .name(name + "-", 0)
                                .daemon(true)
                                .stackSize(STACK_BYTES)
                                .factory());
    }

    /// Runs `work` on a thread of ours and waits for it, however often the caller is interrupted;
    /// the caller's interrupt is kept for afterwards.
    ///
    /// @throws StoreException.Overloaded if too many wait already
    <T> T call(Supplier<T> work) {
        var done = new CompletableFuture<T>();
        try {
            pool.execute(() -> complete(done, work));
        } catch (RejectedExecutionException e) {
            throw new StoreException.Overloaded(
                    "too many wait for " + name + "; try again", TRY_AGAIN);
        }
        return await(done);
    }

    // An Error of the work belongs to the caller too: nobody else would ever see it.
    private static <T> void complete(CompletableFuture<T> done, Supplier<T> work) {
        try {
            done.complete(work.get());
        } catch (Throwable failure) {
            done.completeExceptionally(failure);
        }
    }

    private static <T> T await(CompletableFuture<T> done) {
        try {
            return done.join(); // goes on waiting when interrupted
        } catch (CompletionException e) {
            throw asThrown(Objects.requireNonNull(e.getCause()));
        }
    }

    private static RuntimeException asThrown(Throwable cause) {
        if (cause instanceof RuntimeException failure) {
            return failure;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return new IllegalStateException(cause);
    }

    /// Lets what runs and waits come to its end, however often the caller is interrupted: the
    /// pool's own `close` would then interrupt its threads.
    @Override
    public void close() {
        pool.shutdown();
        Uninterruptibles.awaitTerminationUninterruptibly(pool);
    }
}
