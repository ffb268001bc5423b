package dev.palimpsest.datasets.made;

import dev.palimpsest.api.command.Progress;
import dev.palimpsest.model.Sha256;
import dev.palimpsest.port.Embedder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.List;

/// The vectors of texts as a model gives them, computed once and kept in a file that is named for
/// model and texts.
final class TextVectors {

    private static final int BATCH = 256;

    private final byte[] all;
    private final int dimensions;

    private TextVectors(byte[] all, int dimensions) {
        this.all = all;
        this.dimensions = dimensions;
    }

    static TextVectors of(List<String> texts, Embedder embedder, Path cache) throws IOException {
        var file = cache.resolve("vectors-" + embedder.model() + "-" + hash(texts) + ".int8");
        int dimensions = embedder.dimensions();
        if (!Files.exists(file)) {
            var unfinished = cache.resolve(file.getFileName() + ".unfinished");
            Files.write(unfinished, computed(texts, embedder));
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        }
        var all = Files.readAllBytes(file);
        if (all.length != texts.size() * dimensions) {
            throw new IOException(file + " is damaged; delete it");
        }
        return new TextVectors(all, dimensions);
    }

    private static byte[] computed(List<String> texts, Embedder embedder) {
        var all = ByteBuffer.allocate(texts.size() * embedder.dimensions());
        try (var progress = Progress.ofItems("embedding", texts.size(), "texts")) {
            for (int from = 0; from < texts.size(); from += BATCH) {
                int to = Math.min(from + BATCH, texts.size());
                embedder.embedAll(texts.subList(from, to)).forEach(all::put);
                progress.step(to, to);
            }
        }
        return all.array();
    }

    /// Adds the direction of a text, as long as `weight`, to `sum`.
    void add(int text, double weight, float[] sum) {
        int from = text * dimensions;
        double square = 0;
        for (int i = 0; i < dimensions; i++) {
            square += all[from + i] * all[from + i];
        }
        double factor = weight / Math.sqrt(Math.max(square, 1));
        for (int i = 0; i < dimensions; i++) {
            sum[i] += (float) (all[from + i] * factor);
        }
    }

    int dimensions() {
        return dimensions;
    }

    private static String hash(List<String> texts) {
        var digest = Sha256.digest();
        for (String text : texts) {
            digest.update(text.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) '\n');
        }
        return HexFormat.of().formatHex(digest.digest(), 0, 8);
    }
}
