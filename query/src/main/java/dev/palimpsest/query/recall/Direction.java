package dev.palimpsest.query.recall;

import org.apache.lucene.util.VectorUtil;

/// What a text means, as a direction; nothing is near [#NONE].
final class Direction {

    static final Direction NONE = new Direction(new float[0]);

    private final float[] components;

    private Direction(float[] components) {
        this.components = components;
    }

    /// Of length 1, so that of several none outweighs the others in a sum.
    static Direction of(byte[] vector) {
        double length = Math.max(1, Math.sqrt(VectorUtil.dotProduct(vector, vector)));
        var components = new float[vector.length];
        for (int i = 0; i < vector.length; i++) {
            components[i] = (float) (vector[i] / length);
        }
        return new Direction(components);
    }

    boolean isNone() {
        return components.length == 0;
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
        return isNone() || other.isNone() ? 0 : VectorUtil.dotProduct(components, other.components);
    }
}
