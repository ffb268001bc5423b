package dev.palimpsest.query.index;

/// What a [SignTable] is asked with: the signs of a vector, and how much each dimension counts,
/// from 0 to 3, as two bits.
///
/// @param furthest the greatest distance there can be
@SuppressWarnings("ArrayRecordComponent") // never compared, and nobody changes them
public record AskedSigns(long[] signs, long[] ones, long[] twos, int furthest) {

    private static final int LARGEST = 3;

    /// What counts most is from this part of the largest on: few are much larger than the rest.
    private static final double LARGE = 0.6;

    public static AskedSigns of(byte[] vector) {
        int words = SignTable.words(vector.length);
        var signs = new long[words];
        var ones = new long[words];
        var twos = new long[words];
        int largest = 1;
        for (byte value : vector) {
            largest = Math.max(largest, Math.abs(value));
        }
        int sum = 0;
        for (int i = 0; i < vector.length; i++) {
            double part = Math.abs(vector[i]) / (LARGE * largest);
            long counts = Math.min(LARGEST, Math.round(LARGEST * part));
            sum += (int) counts;
            signs[i >> 6] |= sign(vector[i]) << i;
            ones[i >> 6] |= (counts & 1) << i;
            twos[i >> 6] |= (counts >> 1) << i;
        }
        return new AskedSigns(signs, ones, twos, sum);
    }

    static long sign(byte value) {
        return value > 0 ? 1 : 0;
    }
}
