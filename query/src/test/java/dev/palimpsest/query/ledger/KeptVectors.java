package dev.palimpsest.query.ledger;

import dev.palimpsest.port.Embeddings;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Embeddings kept in memory.
public final class KeptVectors implements Embeddings {

    private final Map<String, byte[]> kept = new ConcurrentHashMap<>();

    @Override
    public Map<String, byte[]> find(String model, Collection<String> texts) {
        Map<String, byte[]> found = new HashMap<>();
        for (var text : texts) {
            var vector = kept.get(model + "\n" + text);
            if (vector != null) {
                found.put(text, vector);
            }
        }
        return found;
    }

    @Override
    public void keep(String model, Map<String, byte[]> vectors) {
        vectors.forEach((text, vector) -> kept.putIfAbsent(model + "\n" + text, vector));
    }
}
