package dev.palimpsest.time;

/// A place in the ledger's dense order: the number of a write, from 1; 0 is before the first.
public record Position(long number) implements Comparable<Position> {

    public static final Position START = new Position(0);

    public Position {
        if (number < 0) {
            throw new IllegalArgumentException("a position is not negative: " + number);
        }
    }

    public Position next() {
        return new Position(number + 1);
    }

    public boolean isBefore(Position other) {
        return number < other.number;
    }

    public static Position lower(Position one, Position other) {
        return one.isBefore(other) ? one : other;
    }

    @Override
    public int compareTo(Position other) {
        return Long.compare(number, other.number);
    }
}
