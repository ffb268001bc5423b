package dev.palimpsest.port;

import java.util.List;

/// Grades texts by how well they answer a question, one by one; slow, and run by somebody else.
/// Safe for use by many threads.
public interface Reranker {

    /// A grade for each text, in order, the better the higher.
    ///
    /// @throws StoreException.Unavailable if it does not answer
    List<Double> grades(String question, List<String> texts);
}
