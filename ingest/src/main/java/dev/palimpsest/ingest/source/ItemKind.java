package dev.palimpsest.ingest.source;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// What may be written, by the name of its wrapper in NDJSON.
public enum ItemKind {
    ENTITY,
    FACT,
    MEMORY,
    PREDICATE;

    static final List<String> WORDS = Arrays.stream(values()).map(ItemKind::word).toList();

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// @throws IllegalArgumentException if it is none of [#WORDS]
    static ItemKind of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /// The fields that its inside may have.
    List<String> fields() {
        List<String> own =
                switch (this) {
                    case ENTITY -> EntityParser.FIELDS;
                    case FACT -> FactParser.FIELDS;
                    case MEMORY -> MemoryParser.FIELDS;
                    case PREDICATE -> RegistryParser.NAMED;
                };
        if (this == PREDICATE) {
            return own; // holds whatever time is asked for
        }
        return Stream.concat(own.stream(), Stream.of(ItemParser.RECORDED)).toList();
    }
}
