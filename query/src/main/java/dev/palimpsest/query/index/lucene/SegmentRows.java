package dev.palimpsest.query.index.lucene;

import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.FixedBitSet;

/// Some documents of one segment. Nobody changes the bits.
///
/// @param count of `bits`
record SegmentRows(FixedBitSet bits, int count) {

    static SegmentRows of(FixedBitSet bits) {
        return new SegmentRows(bits, bits.cardinality());
    }

    boolean isEmpty() {
        return count == 0;
    }

    boolean has(int document) {
        return bits.get(document);
    }

    SegmentRows and(FixedBitSet others) {
        var both = bits.clone();
        both.and(others);
        return of(both);
    }

    /// Those that pass.
    SegmentRows that(RowTest test) {
        long[] words = bits.getBits();
        var passing = new long[words.length];
        var asked = new long[RowTest.BATCH];
        int passed = 0;
        for (int from = 0; from < words.length; from += RowTest.BATCH) {
            int number = Math.min(RowTest.BATCH, words.length - from);
            System.arraycopy(words, from, asked, 0, number);
            test.narrow(from, asked, number);
            System.arraycopy(asked, 0, passing, from, number);
            for (int i = 0; i < number; i++) {
                passed += Long.bitCount(asked[i]);
            }
        }
        return new SegmentRows(new FixedBitSet(passing, bits.length()), passed);
    }

    /// The first, or `NO_MORE_DOCS`.
    int first() {
        return first(bits, 0);
    }

    /// The next after a document, or `NO_MORE_DOCS`.
    int after(int document) {
        return first(bits, document + 1);
    }

    /// The last, or -1.
    int last() {
        return before(bits.length());
    }

    /// The next before a document, or -1.
    int before(int document) {
        return document == 0 ? -1 : bits.prevSetBit(document - 1);
    }

    /// The first set bit from there on, or `NO_MORE_DOCS`.
    static int first(FixedBitSet bits, int from) {
        return from >= bits.length() ? DocIdSetIterator.NO_MORE_DOCS : bits.nextSetBit(from);
    }
}
