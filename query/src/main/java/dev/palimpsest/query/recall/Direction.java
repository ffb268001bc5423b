package dev.palimpsest.query.recall;

/// What a text means, as a direction; nothing is near [#NONE].
final class Direction {

    static final Direction NONE = new Direction(new float[0]);

    private final float[] components;

    private Direction(float[] components) {
        this.components = components;
    }

    /// Of length 1, so that of several none outweighs the others in a sum.
    static Direction of(byte[] vector) {
        double squares = 0;
        for (byte component : vector) {
            squares += component * component;
        }
        double length = Math.max(1, Math.sqrt(squares));
        var components = new float[vector.length];
        for (int i = 0; i < vector.length; i++) {
            components[i] = (float) (vector[i] / length);
        }
        return new Direction(components);
    }

    boolean isNone() {
        return components.length == 0;
    }

    /// The cosine of two that were made by [#of].
    double cosineOfUnits(Direction other) {
        float[] own = components;
        float[] others = other.components;
        float first = 0;
        float second = 0;
        float third = 0;
        float fourth = 0;
        int i = 0;
        // Four sums that do not wait for each other.
        for (; i + 3 < own.length; i += 4) {
            first += own[i] * others[i];
            second += own[i + 1] * others[i + 1];
            third += own[i + 2] * others[i + 2];
            fourth += own[i + 3] * others[i + 3];
        }
        for (; i < own.length; i++) {
            first += own[i] * others[i];
        }
        return first + second + third + fourth;
    }

    double cosine(Direction other) {
        double lengths = product(this) * other.product(other);
        return lengths == 0 ? 0 : product(other) / Math.sqrt(lengths);
    }

    Direction plus(Direction other) {
        return isNone() ? other : other.isNone() ? this : combined(other, 1);
    }

    /// What is left of it without the part that lies along another.
    Direction without(Direction other) {
        double squares = other.product(other);
        return isNone() || squares == 0 ? this : combined(other, -product(other) / squares);
    }

    private Direction combined(Direction other, double share) {
        var sum = new float[components.length];
        for (int i = 0; i < sum.length; i++) {
            sum[i] = (float) (components[i] + share * other.components[i]);
        }
        return new Direction(sum);
    }

    private double product(Direction other) {
        double product = 0;
        for (int i = 0; i < Math.min(components.length, other.components.length); i++) {
            product += components[i] * other.components[i];
        }
        return product;
    }
}
