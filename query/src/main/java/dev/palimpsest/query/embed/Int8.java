package dev.palimpsest.query.embed;

/// Vectors of signed bytes that stand for directions.
final class Int8 {

    private static final float SCALE = 127f;

    private Int8() {}

    /// The direction of `vector`: every component `round(127 * x)` of the vector at length 1.
    static byte[] direction(float[] vector) {
        double squares = 0;
        for (float x : vector) {
            squares += (double) x * x;
        }
        float scale = squares == 0 ? 0 : (float) (SCALE / Math.sqrt(squares));
        byte[] direction = new byte[vector.length];
        for (int i = 0; i < vector.length; i++) {
            direction[i] = (byte) Math.round(vector[i] * scale);
        }
        return direction;
    }
}
