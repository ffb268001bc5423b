package dev.palimpsest.question;

/// Answers questions. Safe for use by many threads.
public interface Reader {

    /// What is known of `question`, at one snapshot.
    ///
    /// @throws IllegalArgumentException if the question cannot be answered as it stands
    /// @throws dev.palimpsest.port.StoreException if it cannot be answered now
    Answer answer(Question question);
}
