package dev.palimpsest.port;

import java.util.List;

/// Turns text into a vector of its meaning. Safe for use by many threads.
public interface Embedder {

    /// The model's name; vectors of different models are not comparable.
    String model();

    int dimensions();

    /// The vectors of `texts`, in their order, each as [#embed] gives it.
    List<byte[]> embedAll(List<String> texts);

    /// The vector of one text, the same whenever it is asked for, stretched so that its largest
    /// component is 127 or -127; compare by cosine.
    byte[] embed(String text);
}
