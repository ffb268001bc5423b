package dev.palimpsest.query.embed;

import dev.palimpsest.port.Embedder;
import dev.palimpsest.port.StoreException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/// Embeds many texts behind all else: on a thread for each core, which on Linux get the processor
/// when nobody else wants it much. Whoever writes, asks or makes words findable comes first; on an
/// idle machine all cores embed. Safe for use by many threads.
public final class BackgroundEmbedder implements Embedder, AutoCloseable {

    private final Embedder model;
    private final int cores = Runtime.getRuntime().availableProcessors();
    private final ExecutorService threads;
    private volatile boolean loaded;

    /// @param model does the work; must bear many threads at once
    public BackgroundEmbedder(Embedder model) {
        this.model = model;
        var threadsOfCores = Thread.ofPlatform().daemon().name("embed-", 0).factory();
        this.threads =
                Executors.newFixedThreadPool(
                        cores,
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

    /// The directions of `texts`, in their order. Each thread gets long and short texts alike.
    @Override
    public List<byte[]> embedAll(List<String> texts) {
        load(texts);
        var byLength =
                IntStream.range(0, texts.size())
                        .boxed()
                        .sorted(Comparator.comparingInt(i -> texts.get(i).length()))
                        .toList();
        var parts = new ArrayList<List<Integer>>();
        var running = new ArrayList<Future<List<byte[]>>>();
        for (int core = 0; core < Math.min(cores, texts.size()); core++) {
            int first = core;
            var part =
                    IntStream.range(0, texts.size())
                            .filter(i -> i % cores == first)
                            .mapToObj(byLength::get)
                            .toList();
            parts.add(part);
            running.add(
                    threads.submit(() -> model.embedAll(part.stream().map(texts::get).toList())));
        }
        var vectors = new byte[texts.size()][];
        for (int i = 0; i < parts.size(); i++) {
            var made = of(running.get(i));
            for (int j = 0; j < made.size(); j++) {
                vectors[parts.get(i).get(j)] = made.get(j);
            }
        }
        return new ArrayList<>(Arrays.asList(vectors));
    }

    /// The model is read at its first text, and whoever asks waits for that, too: so it is done by
    /// the caller, who yields to nobody.
    private void load(List<String> texts) {
        if (!loaded && !texts.isEmpty()) {
            model.embed(texts.getFirst());
            loaded = true;
        }
    }

    private static List<byte[]> of(Future<List<byte[]>> running) {
        try {
            return running.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure
                    ? failure
                    : new IllegalStateException("texts could not be embedded", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException.Unavailable("interrupted while texts were embedded", e);
        }
    }

    /// Ends the threads, each after the texts it is at. Not the model.
    @Override
    public void close() {
        threads.close();
    }
}
