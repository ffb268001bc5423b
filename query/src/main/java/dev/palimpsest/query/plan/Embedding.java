package dev.palimpsest.query.plan;

import dev.palimpsest.port.Embedder;
import dev.palimpsest.port.StoreException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// The vector of a question's words, made beside all that can be done without it: waiting for what
/// was written last, working out filters, looking up words. Belongs to the question's thread.
public final class Embedding {

    private final FutureTask<byte[]> made;
    private boolean begun;

    public Embedding(Embedder embedder, String words) {
        this.made = new FutureTask<>(() -> embedder.embed(words));
    }

    /// Begins, unless it has begun, and returns at once.
    public void begin() {
        if (!begun) {
            begun = true;
            Thread.ofVirtual().name("embedding").start(made);
        }
    }

    /// Waits until it is made, which must have begun.
    ///
    /// @throws StoreException.Unavailable if the model could not be run
    public byte[] vector() {
        try {
            return made.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure
                    ? failure
                    : new IllegalStateException("the words could not be embedded", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException.Unavailable("interrupted while words were embedded", e);
        }
    }
}
