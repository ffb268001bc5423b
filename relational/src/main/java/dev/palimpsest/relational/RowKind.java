package dev.palimpsest.relational;

/// Which table a change is about, and its number in `change.kind`.
enum RowKind {
    ENTITY(0),
    PREDICATE(1),
    ASSERTION(2),
    FACT_VERSION(3),
    PROFILE(4),
    MEMORY(5),
    SOURCE(6),
    FORGOTTEN(7);

    private static final RowKind[] ALL = values();

    private final short number;

    RowKind(int number) {
        this.number = (short) number;
    }

    static RowKind numbered(int number) {
        return ALL[number];
    }

    short number() {
        return number;
    }

    /// Whether its rows have a number instead of an id.
    boolean isNumbered() {
        return switch (this) {
            case ENTITY, PREDICATE, SOURCE, FORGOTTEN -> true;
            case ASSERTION, FACT_VERSION, PROFILE, MEMORY -> false;
        };
    }
}
