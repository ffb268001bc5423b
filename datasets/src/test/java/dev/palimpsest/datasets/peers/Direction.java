package dev.palimpsest.datasets.peers;

/// A vector of signed bytes, of which only the direction counts.
final class Direction {

    private final byte[] components;

    Direction(byte[] components) {
        this.components = components.clone();
    }

    int dimensions() {
        return components.length;
    }

    byte component(int at) {
        return components[at];
    }

    double length() {
        long square = 0;
        for (byte component : components) {
            square += component * component;
        }
        return Math.sqrt((double) square);
    }
}
