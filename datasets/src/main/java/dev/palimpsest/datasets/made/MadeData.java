package dev.palimpsest.datasets.made;

import dev.palimpsest.ingest.record.WriteDoor;
import dev.palimpsest.port.Embedder;
import dev.palimpsest.port.Embeddings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;

/// The real material of made worlds, and what is made of it.
public record MadeData(RealTexts texts, Cities cities) {

    /// Of all worlds: the number of documents alone tells them apart.
    private static final long SEED = 3;

    /// @param folder with the data for benchmarks: texts, and the airports of `air-routes`
    public static MadeData read(Path folder) throws IOException {
        return new MadeData(RealTexts.read(folder), Cities.read(folder));
    }

    public MadeWorld world(int documents) {
        return MadeWorld.make(documents, texts.ofDocuments().size(), cities, SEED);
    }

    /// Writes a world into an empty store.
    ///
    /// @param cache keeps the vectors of the real texts for the next time
    public MadeLoad.Done load(
            MadeWorld world, WriteDoor door, Embeddings embeddings, Embedder embedder, Path cache)
            throws IOException, InterruptedException {
        var vectors = TextVectors.of(texts.ofDocuments(), embedder, cache);
        return MadeLoad.into(
                door, embeddings, embedder.model(), world, texts.ofDocuments(), vectors);
    }

    /// @param lastRecorded as told when the world was written
    public MadeQuestions questions(MadeWorld world, Instant lastRecorded, long seed) {
        return new MadeQuestions(world, cities, texts.ofQuestions(), lastRecorded, seed);
    }
}
