package dev.palimpsest.model;

import java.util.Optional;
import java.util.OptionalInt;

/// Where an assertion was read: a memory, a quote from it, and where the quote starts.
public record Evidence(Optional<MemoryId> memory, Optional<String> quote, OptionalInt offset) {

    public Evidence {
        if (memory.isEmpty() && quote.isEmpty()) {
            throw new IllegalArgumentException("evidence needs a memory or a quote");
        }
        if (quote.map(String::length).orElse(0) > Value.LONGEST_TEXT) {
            throw new IllegalArgumentException(
                    "quote has at most " + Value.LONGEST_TEXT + " characters");
        }
        if (offset.orElse(0) < 0) {
            throw new IllegalArgumentException("offset must not be negative: " + offset);
        }
    }
}
