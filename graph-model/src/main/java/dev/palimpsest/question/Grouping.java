package dev.palimpsest.question;

/// What rows are counted by. A row may belong to several groups, or to none.
public sealed interface Grouping {

    /// The day, in UTC, on which it begins: an entity to exist, a fact to hold, what a memory
    /// tells.
    record Day() implements Grouping {}

    /// The type of the entity; of a fact's subject; of each entity a memory mentions.
    record Type() implements Grouping {}

    /// The geohash of where it is, as `where.within` understands that, so many characters long.
    record Cell(int precision) implements Grouping {

        /// A cell is then about 38 by 19 metres.
        public static final int FINEST = 8;

        /// A cell is then about 4.9 by 4.9 kilometres.
        public static final int USUAL = 5;

        public Cell {
            if (precision < 1 || precision > FINEST) {
                throw new IllegalArgumentException(
                        "precision must lie between 1 and " + FINEST + ": " + precision);
            }
        }
    }

    /// The predicate of a fact.
    record Predicate() implements Grouping {}
}
