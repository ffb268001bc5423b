package dev.palimpsest.query.index.lucene;

import dev.palimpsest.port.Embedder;
import dev.palimpsest.port.Embeddings;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// An embedder whose meaning of a text is how often each letter occurs in it; and where such
/// vectors are kept.
class LettersEmbedder implements Embedder, Embeddings {

    final Map<String, byte[]> kept = new ConcurrentHashMap<>();
    int computed;

    @Override
    public String model() {
        return "letters/v1";
    }

    @Override
    public int dimensions() {
        return 26;
    }

    @Override
    public List<byte[]> embedAll(List<String> texts) {
        computed += texts.size();
        return texts.stream().map(this::embed).toList();
    }

    @Override
    public byte[] embed(String text) {
        var vector = new byte[dimensions()];
        vector[0] = 1;
        for (char letter : text.toLowerCase(Locale.ROOT).toCharArray()) {
            if (letter >= 'a' && letter <= 'z' && vector[letter - 'a'] < 120) {
                vector[letter - 'a'] = (byte) (vector[letter - 'a'] + 2);
            }
        }
        return vector;
    }

    @Override
    public Map<String, byte[]> find(String model, Collection<String> texts) {
        var found = new HashMap<String, byte[]>();
        for (String text : texts) {
            var vector = kept.get(text);
            if (vector != null) {
                found.put(text, vector);
            }
        }
        return found;
    }

    @Override
    public void keep(String model, Map<String, byte[]> vectors) {
        vectors.forEach(kept::putIfAbsent);
    }
}
