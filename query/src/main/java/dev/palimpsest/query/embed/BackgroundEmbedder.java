package dev.palimpsest.query.embed;

import dev.palimpsest.port.Embedder;
import dev.palimpsest.port.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Embeds many texts behind all else: on a thread for each core, which on Linux get the processor
/// when nobody else wants it much. Whoever writes, asks or makes words findable comes first; on an
/// idle machine all cores embed. Safe for use by many threads.
public final class BackgroundEmbedder implements Embedder, AutoCloseable {

    private final Embedder model;
    private final ExecutorService threads;
    private volatile boolean loaded;

    /// @param model does the work; must bear many threads at once
    public BackgroundEmbedder(Embedder model) {
        this.model = model;
        var threadsOfCores = Thread.ofPlatform().daemon().name("embed-", 0).factory();
        this.threads =
                Executors.newFixedThreadPool(
                        Runtime.getRuntime().availableProcessors(),
                        work ->
                                threadsOfCores.newThread(() -> {
                                    Niceness.yieldToOthers();
                                    work.run();
                                }));
    }

    @Override
    public String model() {
        return model.model();
    }

    @Override
    public int dimensions() {
        return model.dimensions();
    }

    /// On the caller's own thread, for somebody waits for it.
    @Override
    public byte[] embed(String text) {
        return model.embed(text);
    }

    /// The directions of `texts`, in their order.
    @Override
    public List<byte[]> embedAll(List<String> texts) {
        load(texts);
        var tasks = new ArrayList<Callable<byte[]>>(texts.size());
        for (String text : texts) {
            tasks.add(() -> model.embed(text));
        }
        try {
            var vectors = new ArrayList<byte[]>(tasks.size());
            for (var done : threads.invokeAll(tasks)) {
                vectors.add(done.get());
            }
            return vectors;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure
                    ? failure
                    : new IllegalStateException("texts could not be embedded", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException.Unavailable("interrupted while texts were embedded", e);
        }
    }

    /// The model is read at its first text, and whoever asks waits for that, too: so it is done by
    /// the caller, who yields to nobody.
    private void load(List<String> texts) {
        if (!loaded && !texts.isEmpty()) {
            model.embed(texts.getFirst());
            loaded = true;
        }
    }

    /// Takes no more texts; the threads end when those asked for are done. Does not wait for that,
    /// and does not close the model.
    @Override
    public void close() {
        threads.shutdown();
    }
}
