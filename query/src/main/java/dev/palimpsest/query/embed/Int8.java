package dev.palimpsest.query.embed;

/// Vectors of signed bytes that stand for directions: compare them by cosine.
public final class Int8 {

    private static final float LARGEST = 127f;

    private Int8() {}

    /// The direction of `vector`: stretched so that its largest component becomes 127 or -127, then
    /// rounded. All zeros stay so.
    public static byte[] direction(float[] vector) {
        float largest = 0;
        for (float component : vector) {
            largest = Math.max(largest, Math.abs(component));
        }
        float scale = largest == 0 ? 0 : LARGEST / largest;
        byte[] direction = new byte[vector.length];
        for (int i = 0; i < vector.length; i++) {
            direction[i] = (byte) Math.round(vector[i] * scale);
        }
        return direction;
    }
}
