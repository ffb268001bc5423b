package dev.palimpsest.query.plan;

import dev.palimpsest.port.Embedder;
import dev.palimpsest.port.StoreException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// The vector of a question's words, made beside all that can be done without it: waiting for what
/// was written last, working out filters, looking up words.
public final class Embedding {

    private final FutureTask<byte[]> made;

    private Embedding(FutureTask<byte[]> made) {
        this.made = made;
    }

    /// Begins, and returns at once.
    public static Embedding begin(Embedder embedder, String words) {
        var made = new FutureTask<>(() -> embedder.embed(words));
        Thread.ofVirtual().name("embedding").start(made);
        return new Embedding(made);
    }

    /// Waits until it is made.
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
