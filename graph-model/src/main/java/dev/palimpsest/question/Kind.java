package dev.palimpsest.question;

import java.util.Locale;

/// What sort of thing may be found.
public enum Kind {
    ENTITY,
    FACT,
    MEMORY;

    /// The name used in JSON and papers.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// @throws IllegalArgumentException if `word` names no kind
    public static Kind parse(String word) {
        for (var kind : values()) {
            if (kind.word().equals(word)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("is one of entity, fact, memory: " + word);
    }
}
