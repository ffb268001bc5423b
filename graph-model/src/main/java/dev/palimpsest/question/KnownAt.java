package dev.palimpsest.question;

import java.time.Instant;
import java.util.Optional;

/// The moment as of which something is asked.
public final class KnownAt {

    private static final String FUTURE =
            "knownAt lies in the future, of which nothing is known: answered as of now";

    private KnownAt() {}

    /// What is said to whoever asks what will be known.
    ///
    /// @param moment now if empty
    /// @return empty if it does not lie in the future
    public static Optional<String> note(Optional<Instant> moment, Instant now) {
        return moment.filter(asked -> asked.isAfter(now)).map(_ -> FUTURE);
    }
}
