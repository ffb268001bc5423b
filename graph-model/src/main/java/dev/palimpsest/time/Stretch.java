package dev.palimpsest.time;

/// The positions after one up to another, `last` with it.
public record Stretch(Position after, Position last) {

    public boolean isEmpty() {
        return !after.isBefore(last);
    }
}
