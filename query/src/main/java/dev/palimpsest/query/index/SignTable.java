package dev.palimpsest.query.index;

/// Vectors by their signs alone, one bit for each dimension: an eighth of a vector of bytes. Signs
/// say which vectors are likely near one.
///
/// One thread sets while nobody reads.
public final class SignTable {

    private final long[] bits;
    private final int from;
    private final int words;

    private SignTable(long[] bits, int from, int words) {
        this.bits = bits;
        this.from = from;
        this.words = words;
    }

    /// Room for the signs of some dimensions, 64 to a word; all unset.
    ///
    /// @param from the first word of all those of a vector that belongs to it
    /// @param words how many it takes of each
    public static SignTable of(int rows, int from, int words) {
        return new SignTable(new long[Math.multiplyExact(words, rows)], from, words);
    }

    /// How many words the signs of so many dimensions take.
    public static int words(int dimensions) {
        return (dimensions + Long.SIZE - 1) / Long.SIZE;
    }

    /// Keeps the signs of a vector; the row must be unset.
    public void set(int row, byte[] vector) {
        int first = row * words;
        int end = Math.min(vector.length, (from + words) * Long.SIZE);
        for (int i = from * Long.SIZE; i < end; i++) {
            bits[first + (i >> 6) - from] |= AskedSigns.sign(vector[i]) << i;
        }
    }

    /// The sum of what the dimensions count whose signs differ.
    public int distance(AskedSigns asked, int row) {
        int ones = 0;
        int twos = 0;
        int at = row * words;
        for (int i = from; i < from + words; i++, at++) {
            long other = bits[at] ^ asked.signs()[i];
            ones += Long.bitCount(other & asked.ones()[i]);
            twos += Long.bitCount(other & asked.twos()[i]);
        }
        return ones + 2 * twos;
    }
}
