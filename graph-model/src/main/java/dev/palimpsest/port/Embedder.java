package dev.palimpsest.port;

import java.util.List;

/// Turns text into a vector of its meaning. Safe for use by many threads.
public interface Embedder {

    /// The model's name; vectors of different models are not comparable.
    String model();

    int dimensions();

    /// Vectors stretched so that their largest component is 127 or -127, one per text and in order;
    /// compare them by cosine.
    List<byte[]> embedAll(List<String> texts);

    /// The vector of one text, the same whenever it is asked for.
    byte[] embed(String text);
}
