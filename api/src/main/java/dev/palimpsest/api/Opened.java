package dev.palimpsest.api;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What was opened, to be closed the other way round, once.
final class Opened implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Opened.class);

    private final Deque<AutoCloseable> resources = new ArrayDeque<>();

    /// Remembers `resource`, which is to be closed before everything remembered earlier.
    synchronized <T extends AutoCloseable> T keep(T resource) {
        resources.push(resource);
        return resource;
    }

    /// Closes everything. What fails to close is logged, and the rest is closed nevertheless. A
    /// second call waits for the first.
    @Override
    public synchronized void close() {
        while (!resources.isEmpty()) {
            var resource = resources.pop();
            try {
                resource.close();
            } catch (Exception e) {
                LOG.error("could not close {}", resource.getClass().getSimpleName(), e);
            }
        }
    }
}
