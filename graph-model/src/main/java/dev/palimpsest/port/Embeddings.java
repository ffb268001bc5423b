package dev.palimpsest.port;

import java.util.Collection;
import java.util.Map;

/// The ledger's rows of embeddings: computed once for a model and a text, used by every projection
/// and every rebuild. Safe for use by many threads.
public interface Embeddings {

    /// The vectors known for these texts.
    Map<String, byte[]> find(String model, Collection<String> texts);

    /// Keeps vectors; one that is there already stays as it is.
    void keep(String model, Map<String, byte[]> vectors);
}
