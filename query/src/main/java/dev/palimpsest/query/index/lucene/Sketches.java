package dev.palimpsest.query.index.lucene;

import dev.palimpsest.query.index.AskedSigns;
import dev.palimpsest.query.index.SignTable;
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
/// vector. Sketches say which vectors are likely near one.
///
/// They are kept in two halves: how far a vector is by the first half of its dimensions spares most
/// vectors a look at the second.
///
/// @param front the first half of each document in turn; all 0 without a vector
/// @param back the second half
record Sketches(SignTable front, SignTable back) {

    /// So many vectors tell how far the others are.
    private static final int SAMPLE = 8_192;

    /// Of the vectors within reach by both halves so many standard deviations of the first half are
    /// let pass by it.
    private static final double SLACK = 1.0;

    /// More than are wanted are taken to be within reach, since a sample says where that is.
    private static final double MORE = 1.6;

    /// With less than that part of what is wanted all are looked at.
    private static final double ENOUGH = 0.6;

    static Sketches read(LeafReader reader) throws IOException {
        ByteVectorValues vectors = reader.getByteVectorValues(Fields.VECTOR);
        int words = vectors == null ? 0 : SignTable.words(vectors.dimension());
        int half = (words + 1) / 2;
        var sketches =
                new Sketches(
                        SignTable.of(reader.maxDoc(), 0, half),
                        SignTable.of(reader.maxDoc(), half, words - half));
        if (vectors != null) {
            KnnVectorValues.DocIndexIterator each = vectors.iterator();
            while (each.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
                byte[] vector = vectors.vectorValue(each.index());
                sketches.front.set(each.docID(), vector);
                sketches.back.set(each.docID(), vector);
            }
        }
        return sketches;
    }

    /// What is selected of one segment, with its sketches.
    record Sketched(NearestVectors.Among selected, Sketches sketches) {

        int count() {
            return selected.rows().count();
        }
    }

    /// How far what is kept may be: by the first half, and by both.
    private record Reach(int front, int both) {}

    /// Those whose sketches are nearest to a vector: about `most`, or all that are selected where
    /// these are fewer.
    static List<NearestVectors.Among> nearest(List<Sketched> segments, byte[] vector, int most) {
        long count = segments.stream().mapToLong(Sketched::count).sum();
        if (count <= most) {
            return segments.stream().map(Sketched::selected).toList();
        }
        var asked = AskedSigns.of(vector);
        var all = new Reach(asked.furthest(), asked.furthest());
        var reach = count > 2L * SAMPLE ? sampled(segments, asked, count, most) : all;
        var near = near(segments, asked, reach);
        if (near.stream().mapToInt(Near::count).sum() < ENOUGH * most) {
            near = near(segments, asked, all);
        }
        int within = within(near, asked.furthest(), most);
        var nearest = new ArrayList<NearestVectors.Among>();
        for (int i = 0; i < segments.size(); i++) {
            var selected = segments.get(i).selected;
            var rows = near.get(i).within(within, selected.rows().bits().length());
            if (!rows.isEmpty()) {
                nearest.add(new NearestVectors.Among(selected.leaf(), rows));
            }
        }
        return nearest;
    }

    private static List<Near> near(List<Sketched> segments, AskedSigns asked, Reach reach) {
        var near = new ArrayList<Near>();
        for (var segment : segments) {
            near.add(segment.sketches.near(asked, segment.selected.rows(), reach));
        }
        return near;
    }

    /// How far `most` of all are likely, by a sample of them.
    private static Reach sampled(List<Sketched> segments, AskedSigns asked, long count, int most) {
        int step = (int) (count / SAMPLE);
        var fronts = new int[(int) (count / step) + segments.size()];
        var boths = new int[fronts.length];
        int size = 0;
        for (var segment : segments) {
            var rows = segment.selected.rows();
            var sketches = segment.sketches;
            long[] words = rows.bits().getBits();
            int skip = step / 2;
            for (int word = 0; word < words.length; word++) {
                long left = words[word];
                for (int here = Long.bitCount(left); skip < here; skip += step) {
                    int document = (word << 6) + place(left, skip);
                    fronts[size] = sketches.front.distance(asked, document);
                    boths[size] = fronts[size] + sketches.back.distance(asked, document);
                    size++;
                }
                skip -= Long.bitCount(left);
            }
        }
        return reach(Arrays.copyOf(fronts, size), Arrays.copyOf(boths, size), MORE * most / count);
    }

    /// Where the bit is that so many others precede.
    private static int place(long bits, int others) {
        long left = bits;
        for (int i = 0; i < others; i++) {
            left &= left - 1;
        }
        return Long.numberOfTrailingZeros(left);
    }

    private static Reach reach(int[] fronts, int[] boths, double part) {
        double ofFront = (double) Arrays.stream(fronts).sum() / Arrays.stream(boths).sum();
        double squares = 0;
        for (int i = 0; i < fronts.length; i++) {
            double off = fronts[i] - ofFront * boths[i];
            squares += off * off;
        }
        double deviation = Math.sqrt(squares / fronts.length);
        int[] sorted = boths.clone();
        Arrays.sort(sorted);
        int both = sorted[Math.min(sorted.length - 1, (int) (part * sorted.length))];
        return new Reach((int) Math.ceil(ofFront * both + SLACK * deviation), both);
    }

    /// Those of the selected that are within reach.
    private Near near(AskedSigns asked, SegmentRows rows, Reach reach) {
        var near = new Near(rows.count());
        long[] those = rows.bits().getBits();
        for (int word = 0; word < those.length; word++) {
            for (long left = those[word]; left != 0; left &= left - 1) {
                int document = (word << 6) + Long.numberOfTrailingZeros(left);
                int distance = front.distance(asked, document);
                if (distance <= reach.front) {
                    distance += back.distance(asked, document);
                    if (distance <= reach.both) {
                        near.add(document, distance);
                    }
                }
            }
        }
        return near;
    }

    /// How far the furthest of the `most` nearest is.
    private static int within(List<Near> segments, int furthest, int most) {
        var histogram = new int[furthest + 1];
        segments.forEach(segment -> segment.count(histogram));
        int within = 0;
        for (int met = histogram[0]; met < most && within < furthest; within++) {
            met += histogram[within + 1];
        }
        return within;
    }

    /// Documents of a segment within reach, ascending, and how far they are.
    private static final class Near {

        private static final int FEW = 1_024;

        private int[] documents;
        private short[] distances;
        private int count;

        Near(int most) {
            this.documents = new int[Math.min(FEW, most)];
            this.distances = new short[documents.length];
        }

        void add(int document, int distance) {
            if (count == documents.length) {
                documents = Arrays.copyOf(documents, 2 * count);
                distances = Arrays.copyOf(distances, 2 * count);
            }
            documents[count] = document;
            distances[count++] = (short) distance;
        }

        int count() {
            return count;
        }

        void count(int[] histogram) {
            for (int i = 0; i < count; i++) {
                histogram[distances[i]]++;
            }
        }

        /// Those that are at most so far.
        SegmentRows within(int reach, int length) {
            var rows = new FixedBitSet(length);
            for (int i = 0; i < count; i++) {
                if (distances[i] <= reach) {
                    rows.set(documents[i]);
                }
            }
            return SegmentRows.of(rows);
        }
    }
}
