package dev.palimpsest.query.index.lucene;

import dev.palimpsest.query.index.lucene.Columns.NodeColumn;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.util.FixedBitSet;

/// Tells which documents of one segment pass, some thousand at a time: a loop over an array without
/// a call for each of them, and none at all where nothing is left to be told.
interface RowTest {

    /// How many numbers of 64 bits are asked about at most at a time.
    int BATCH = 64;

    /// Takes away the bits of documents that do not pass.
    ///
    /// @param from the first document is the one with 64 times that number
    /// @param asked a bit for each document that is asked about; there are such documents
    /// @param count how many numbers of `asked`
    void narrow(int from, long[] asked, int count);

    /// What a test costs: the cheap ones are asked first.
    default int cost() {
        return 2;
    }

    private static boolean isEmpty(long[] asked, int count) {
        long any = 0;
        for (int i = 0; i < count; i++) {
            any |= asked[i];
        }
        return any == 0;
    }

    /// Everything passes.
    record Anything() implements RowTest {
        @Override
        public void narrow(int from, long[] asked, int count) {}

        @Override
        public int cost() {
            return 0;
        }
    }

    /// One of a set.
    record Among(FixedBitSet documents) implements RowTest {
        @Override
        public void narrow(int from, long[] asked, int count) {
            long[] bits = documents.getBits();
            for (int i = 0; i < count; i++) {
                asked[i] &= bits[from + i];
            }
        }

        @Override
        public int cost() {
            return 0;
        }
    }

    /// What does not pass another test.
    record Not(RowTest test) implements RowTest {
        @Override
        public void narrow(int from, long[] asked, int count) {
            long[] passing = Arrays.copyOf(asked, count);
            test.narrow(from, passing, count);
            for (int i = 0; i < count; i++) {
                asked[i] &= ~passing[i];
            }
        }

        @Override
        public int cost() {
            return test.cost();
        }
    }

    /// What passes every one.
    record All(List<RowTest> tests) implements RowTest {
        @Override
        public void narrow(int from, long[] asked, int count) {
            for (int i = 0; i < tests.size() && !isEmpty(asked, count); i++) {
                tests.get(i).narrow(from, asked, count);
            }
        }

        @Override
        public int cost() {
            return tests.stream().mapToInt(RowTest::cost).sum();
        }
    }

    /// What passes any one.
    record Any(List<RowTest> tests) implements RowTest {
        @Override
        public void narrow(int from, long[] asked, int count) {
            long[] left = Arrays.copyOf(asked, count);
            for (int i = 0; i < tests.size() && !isEmpty(left, count); i++) {
                long[] passing = Arrays.copyOf(left, count);
                tests.get(i).narrow(from, passing, count);
                for (int j = 0; j < count; j++) {
                    left[j] &= ~passing[j];
                }
            }
            for (int i = 0; i < count; i++) {
                asked[i] &= ~left[i];
            }
        }

        @Override
        public int cost() {
            return tests.stream().mapToInt(RowTest::cost).sum();
        }
    }

    /// A word of a sort of which each document has at most one.
    @SuppressWarnings("ArrayRecordComponent") // never compared, and nobody changes them
    record Tagged(int[] tags, int tag) implements RowTest {
        @Override
        public void narrow(int from, long[] asked, int count) {
            for (int i = 0; i < count; i++) {
                int first = (from + i) << 6;
                long passing = 0;
                for (long left = asked[i]; left != 0; left &= left - 1) {
                    int bit = Long.numberOfTrailingZeros(left);
                    passing |= (tags[first + bit] == tag ? 1L : 0L) << bit;
                }
                asked[i] = passing;
            }
        }

        @Override
        public int cost() {
            return 1;
        }
    }

    /// Places within a circle. Among those that have a place.
    record Within(RankedNumbers places, Disc disc) implements RowTest {
        @Override
        public void narrow(int from, long[] asked, int count) {
            for (int i = 0; i < count; i++) {
                int first = (from + i) << 6;
                long passing = 0;
                for (long left = asked[i]; left != 0; left &= left - 1) {
                    int bit = Long.numberOfTrailingZeros(left);
                    long place = places.of(first + bit);
                    passing |= (disc.contains((int) (place >> 32), (int) place) ? 1L : 0L) << bit;
                }
                asked[i] = passing;
            }
        }

        @Override
        public int cost() {
            return 3;
        }
    }

    /// Documents with a node of a set.
    record About(NodeColumn column, NodeSet nodes) implements RowTest {
        @Override
        public void narrow(int from, long[] asked, int count) {
            for (int i = 0; i < count; i++) {
                int first = (from + i) << 6;
                long passing = 0;
                for (long left = asked[i]; left != 0; left &= left - 1) {
                    int bit = Long.numberOfTrailingZeros(left);
                    passing |= (column.isAny(first + bit, nodes) ? 1L : 0L) << bit;
                }
                asked[i] = passing;
            }
        }

        @Override
        public int cost() {
            return 4;
        }
    }
}
