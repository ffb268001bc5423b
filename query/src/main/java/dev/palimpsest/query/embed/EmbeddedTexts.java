package dev.palimpsest.query.embed;

import dev.palimpsest.port.Embedder;
import dev.palimpsest.port.Embeddings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/// Vectors of texts, each computed once in the ledger's life: what the ledger knows is taken from
/// there, the rest is computed and kept there before it is used.
public final class EmbeddedTexts {

    /// Texts that are computed and kept together: what a crash may cost.
    private static final int BATCH = 256;

    private final Embeddings known;
    private final Embedder embedder;

    public EmbeddedTexts(Embeddings known, Embedder embedder) {
        this.known = known;
        this.embedder = embedder;
    }

    /// One vector per text, in order.
    public List<byte[]> vectors(List<String> texts) {
        var vectors = new ArrayList<byte[]>(texts.size());
        for (int from = 0; from < texts.size(); from += BATCH) {
            List<String> batch = texts.subList(from, Math.min(texts.size(), from + BATCH));
            Map<String, byte[]> found = batchOf(batch);
            for (String text : batch) {
                vectors.add(found.get(text));
            }
        }
        return vectors;
    }

    private Map<String, byte[]> batchOf(List<String> batch) {
        var different = new LinkedHashSet<>(batch);
        var vectors = new HashMap<>(known.find(embedder.model(), different));
        List<String> missing =
                different.stream().filter(text -> !vectors.containsKey(text)).toList();
        if (missing.isEmpty()) {
            return vectors;
        }
        List<byte[]> computed = embedder.embedAll(missing);
        var made = new HashMap<String, byte[]>();
        for (int i = 0; i < missing.size(); i++) {
            made.put(missing.get(i), computed.get(i));
        }
        known.keep(embedder.model(), made);
        vectors.putAll(known.find(embedder.model(), missing));
        return vectors;
    }
}
