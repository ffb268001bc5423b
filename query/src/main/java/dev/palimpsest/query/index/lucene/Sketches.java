package dev.palimpsest.query.index.lucene;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.index.ByteVectorValues;
import org.apache.lucene.index.KnnVectorValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.FixedBitSet;

/// The vectors of one segment by their signs alone: one bit for each dimension, an eighth of a
/// vector. Sketches say which vectors are likely near one, in 5 ms of CPU per million.
///
/// @param bits of each document in turn; all 0 without a vector
/// @param words how many numbers the sketch of a document takes
@SuppressWarnings("ArrayRecordComponent") // never compared, and nobody changes them
record Sketches(long[] bits, int words) {

    /// What a vector is asked with: its signs, and how much each dimension counts, from 0 to 3, as
    /// two bits.
    @SuppressWarnings("ArrayRecordComponent") // never compared, and nobody changes them
    private record Asked(long[] signs, long[] ones, long[] twos, int furthest) {

        private static final int LARGEST = 3;

        /// What counts most is from this part of the largest on: few are much larger than the rest.
        private static final double LARGE = 0.6;

        static Asked of(byte[] vector) {
            int words = words(vector.length);
            var asked = new Asked(new long[words], new long[words], new long[words], 0);
            int largest = 1;
            for (byte value : vector) {
                largest = Math.max(largest, Math.abs(value));
            }
            int sum = 0;
            for (int i = 0; i < vector.length; i++) {
                long counts =
                        Math.min(
                                LARGEST,
                                Math.round(LARGEST * Math.abs(vector[i]) / (LARGE * largest)));
                sum += (int) counts;
                asked.signs[i >> 6] |= sign(vector[i]) << i;
                asked.ones[i >> 6] |= (counts & 1) << i;
                asked.twos[i >> 6] |= (counts >> 1) << i;
            }
            return new Asked(asked.signs, asked.ones, asked.twos, sum);
        }
    }

    static Sketches read(LeafReader reader) throws IOException {
        ByteVectorValues vectors = reader.getByteVectorValues(Fields.VECTOR);
        int words = vectors == null ? 0 : words(vectors.dimension());
        var bits = new long[Math.multiplyExact(words, reader.maxDoc())];
        if (vectors != null) {
            KnnVectorValues.DocIndexIterator each = vectors.iterator();
            while (each.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
                byte[] vector = vectors.vectorValue(each.index());
                int first = each.docID() * words;
                for (int i = 0; i < vector.length; i++) {
                    bits[first + (i >> 6)] |= sign(vector[i]) << i;
                }
            }
        }
        return new Sketches(bits, words);
    }

    /// What is selected of one segment, with its sketches.
    record Sketched(NearestVectors.Among selected, Sketches sketches) {}

    /// Those whose sketches are nearest to a vector: a little over `most`, where so many are
    /// selected.
    static List<NearestVectors.Among> nearest(List<Sketched> segments, byte[] vector, int most) {
        var asked = Asked.of(vector);
        var histogram = new int[asked.furthest + 1];
        var distances = new ArrayList<short[]>();
        for (var segment : segments) {
            distances.add(segment.sketches.distances(asked, segment.selected.rows(), histogram));
        }
        int reach = 0;
        for (int met = histogram[0]; met < most && reach < asked.furthest; reach++) {
            met += histogram[reach + 1];
        }
        var nearest = new ArrayList<NearestVectors.Among>();
        for (int i = 0; i < segments.size(); i++) {
            var selected = segments.get(i).selected;
            var rows = within(reach, distances.get(i), selected.rows());
            if (!rows.isEmpty()) {
                nearest.add(new NearestVectors.Among(selected.leaf(), rows));
            }
        }
        return nearest;
    }

    /// How far those rows are, in their order: the sum of what the dimensions count whose signs
    /// differ.
    private short[] distances(Asked asked, SegmentRows rows, int[] histogram) {
        var distances = new short[rows.count()];
        if (words == 0) {
            Arrays.fill(distances, (short) asked.furthest);
            histogram[asked.furthest] += distances.length;
            return distances;
        }
        int next = 0;
        long[] those = rows.bits().getBits();
        for (int word = 0; word < those.length; word++) {
            for (long left = those[word]; left != 0; left &= left - 1) {
                int document = (word << 6) + Long.numberOfTrailingZeros(left);
                int distance = distance(asked, document);
                histogram[distance]++;
                distances[next++] = (short) distance;
            }
        }
        return distances;
    }

    private int distance(Asked asked, int document) {
        int ones = 0;
        int twos = 0;
        for (int i = 0, at = document * words; i < words; i++, at++) {
            long other = bits[at] ^ asked.signs[i];
            ones += Long.bitCount(other & asked.ones[i]);
            twos += Long.bitCount(other & asked.twos[i]);
        }
        return ones + 2 * twos;
    }

    private static SegmentRows within(int reach, short[] distances, SegmentRows rows) {
        var near = new FixedBitSet(rows.bits().length());
        int next = 0;
        int count = 0;
        for (int document = rows.first();
                next < distances.length;
                document = rows.after(document)) {
            if (distances[next++] <= reach) {
                near.set(document);
                count++;
            }
        }
        return new SegmentRows(near, count);
    }

    private static int words(int dimensions) {
        return (dimensions + Long.SIZE - 1) / Long.SIZE;
    }

    private static long sign(byte value) {
        return value > 0 ? 1 : 0;
    }
}
