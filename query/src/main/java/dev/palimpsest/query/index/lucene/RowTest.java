package dev.palimpsest.query.index.lucene;

import dev.palimpsest.query.index.lucene.Columns.NodeColumn;
import java.util.List;
import org.apache.lucene.util.FixedBitSet;

/// Tells which documents of one segment pass, 64 at a time: a loop over an array without a call for
/// each of them, and none at all where nothing is left to be told.
interface RowTest {

    /// @param first a document whose number is a multiple of 64
    /// @param asked a bit for each of the 64 from `first` on that is asked about; there are such
    ///   documents
    /// @return those of `asked` that pass
    long of(int first, long asked);

    /// What a test costs: the cheap ones are asked first.
    default int cost() {
        return 2;
    }

    /// Everything passes.
    record Anything() implements RowTest {
        @Override
        public long of(int first, long asked) {
            return asked;
        }

        @Override
        public int cost() {
            return 0;
        }
    }

    /// One of a set.
    record Among(FixedBitSet documents) implements RowTest {
        @Override
        public long of(int first, long asked) {
            return asked & documents.getBits()[first >> 6];
        }

        @Override
        public int cost() {
            return 0;
        }
    }

    /// What does not pass another test.
    record Not(RowTest test) implements RowTest {
        @Override
        public long of(int first, long asked) {
            return asked & ~test.of(first, asked);
        }

        @Override
        public int cost() {
            return test.cost();
        }
    }

    /// What passes every one.
    record All(List<RowTest> tests) implements RowTest {
        @Override
        public long of(int first, long asked) {
            long left = asked;
            for (int i = 0; i < tests.size() && left != 0; i++) {
                left = tests.get(i).of(first, left);
            }
            return left;
        }

        @Override
        public int cost() {
            return tests.stream().mapToInt(RowTest::cost).sum();
        }
    }

    /// What passes any one.
    record Any(List<RowTest> tests) implements RowTest {
        @Override
        public long of(int first, long asked) {
            long left = asked;
            for (int i = 0; i < tests.size() && left != 0; i++) {
                left &= ~tests.get(i).of(first, left);
            }
            return asked & ~left;
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
        public long of(int first, long asked) {
            long passing = 0;
            for (long left = asked; left != 0; left &= left - 1) {
                int bit = Long.numberOfTrailingZeros(left);
                passing |= (tags[first + bit] == tag ? 1L : 0L) << bit;
            }
            return passing;
        }

        @Override
        public int cost() {
            return 1;
        }
    }

    /// Places within a circle. Among those that have a place.
    record Within(RankedNumbers places, Disc disc) implements RowTest {
        @Override
        public long of(int first, long asked) {
            long passing = 0;
            for (long left = asked; left != 0; left &= left - 1) {
                int bit = Long.numberOfTrailingZeros(left);
                long place = places.of(first + bit);
                if (disc.contains((int) (place >> 32), (int) place)) {
                    passing |= 1L << bit;
                }
            }
            return passing;
        }

        @Override
        public int cost() {
            return 3;
        }
    }

    /// Documents with a node of a set.
    record About(NodeColumn column, NodeSet nodes) implements RowTest {
        @Override
        public long of(int first, long asked) {
            long passing = 0;
            for (long left = asked; left != 0; left &= left - 1) {
                int bit = Long.numberOfTrailingZeros(left);
                if (column.isAny(first + bit, nodes)) {
                    passing |= 1L << bit;
                }
            }
            return passing;
        }

        @Override
        public int cost() {
            return 4;
        }
    }
}
