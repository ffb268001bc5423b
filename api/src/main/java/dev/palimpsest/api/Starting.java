package dev.palimpsest.api;

import com.google.common.util.concurrent.Uninterruptibles;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// What is opened at the same time as something else. Closing waits for all of it.
final class Starting implements AutoCloseable {

    private final ExecutorService threads =
            Executors.newThreadPerTaskExecutor(Thread.ofPlatform().name("start-", 0).factory());

    <T> Future<T> begin(Callable<T> task) {
        return threads.submit(task);
    }

    /// What `begun` opened.
    ///
    /// @throws RuntimeException the one with which it failed
    <T> T await(Future<T> begun) {
        try {
            return Objects.requireNonNull(Uninterruptibles.getUninterruptibly(begun));
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure
                    ? failure
                    : new IllegalStateException("could not be opened: " + e.getCause(), e);
        }
    }

    @Override
    public void close() {
        threads.close();
    }
}
