package dev.palimpsest.query.index.lucene;

import java.util.Arrays;
import org.apache.lucene.util.FixedBitSet;

/// A number of each document of a segment, and its rank: which of at most 32,768 runs of the sorted
/// numbers it is in. Ranks of four documents share a `long` and are compared at once, which decides
/// nearly all that is asked for a quarter of the memory; a number itself is looked at where a bound
/// lies within its run.
///
/// Of the 64 documents from a multiple of 64 on, the `long` numbered `j` of 16 holds those at `j`,
/// `j + 16`, `j + 32` and `j + 48`: what is told of them is in the right order without moving it.
final class RankedNumbers {

    private static final int RANKS = 1 << 15;

    /// How many documents share a `long`.
    private static final int LANES = 4;

    private static final int LANE_BITS = Long.SIZE / LANES;
    private static final int LONGS = Long.SIZE / LANES;

    /// One in each lane.
    private static final long EACH = 0x0001_0001_0001_0001L;

    /// The bit of each lane that no rank needs.
    private static final long SPARE = EACH << (LANE_BITS - 1);

    /// Of fewer documents the numbers themselves are looked at.
    private static final int SPARSE = 6;

    private final long[] numbers;
    private final long[] ranks;

    /// The least and the largest number of each run.
    private final long[] least;

    private final long[] largest;

    private RankedNumbers(long[] numbers, long[] ranks, long[] least, long[] largest) {
        this.numbers = numbers;
        this.ranks = ranks;
        this.least = least;
        this.largest = largest;
    }

    /// @param numbers by document; kept
    /// @param there the documents that have one; of the others tests say anything
    static RankedNumbers of(long[] numbers, FixedBitSet there) {
        return of(numbers, sorted(numbers, there));
    }

    /// Of numbers that every document has.
    static RankedNumbers ofAll(long[] numbers) {
        long[] sorted = numbers.clone();
        Arrays.sort(sorted);
        return of(numbers, sorted);
    }

    private static RankedNumbers of(long[] numbers, long[] sorted) {
        int length = sorted.length / RANKS + 1;
        var least = new long[Math.min(RANKS, sorted.length)];
        var largest = new long[least.length];
        int runs = 0;
        for (int from = 0; from < sorted.length; runs++) {
            int to = Math.min(sorted.length, from + length);
            while (to < sorted.length && sorted[to] == sorted[to - 1]) {
                to++;
            }
            least[runs] = sorted[from];
            largest[runs] = sorted[to - 1];
            from = to;
        }
        least = Arrays.copyOf(least, runs);
        return new RankedNumbers(
                numbers, packed(numbers, least), least, Arrays.copyOf(largest, runs));
    }

    private static long[] sorted(long[] numbers, FixedBitSet there) {
        var sorted = new long[there.cardinality()];
        int next = 0;
        for (int document = SegmentRows.first(there, 0);
                document < there.length();
                document = SegmentRows.first(there, document + 1)) {
            sorted[next++] = numbers[document];
        }
        Arrays.sort(sorted);
        return sorted;
    }

    private static long[] packed(long[] numbers, long[] least) {
        var ranks = new long[(numbers.length + Long.SIZE - 1) / Long.SIZE * LONGS];
        for (int document = 0; document < numbers.length; document++) {
            long rank = Math.max(0, atMost(least, numbers[document]) - 1);
            int within = document % Long.SIZE;
            ranks[document / Long.SIZE * LONGS + within % LONGS] |=
                    rank << (within / LONGS * LANE_BITS);
        }
        return ranks;
    }

    /// How many of ascending numbers are at most so large.
    private static int atMost(long[] ascending, long number) {
        int at = Arrays.binarySearch(ascending, number);
        return at < 0 ? -at - 1 : at + 1;
    }

    /// How many of ascending numbers are smaller.
    private static int below(long[] ascending, long number) {
        int at = Arrays.binarySearch(ascending, number);
        return at < 0 ? -at - 1 : at;
    }

    long of(int document) {
        return numbers[document];
    }

    /// The numbers by document; nobody changes them.
    long[] all() {
        return numbers;
    }

    /// Documents whose number lies between two, or is one of them.
    RowTest between(long from, long to) {
        var sure = new Ranks(below(least, from), atMost(largest, to) - 1);
        var possible = new Ranks(below(largest, from), atMost(least, to) - 1);
        return new Between(from, to, sure, possible);
    }

    /// Ranks from one to another, that one included; none if that is smaller.
    private record Ranks(int from, int to) {}

    private final class Between implements RowTest {

        private final long from;
        private final long to;
        private final Ranks sure;
        private final Ranks possible;

        Between(long from, long to, Ranks sure, Ranks possible) {
            this.from = from;
            this.to = to;
            this.sure = sure;
            this.possible = possible;
        }

        @Override
        public void narrow(int first, long[] asked, int count) {
            for (int i = 0; i < count; i++) {
                if (asked[i] != 0) {
                    asked[i] = passing((first + i) << 6, asked[i]);
                }
            }
        }

        private long passing(int first, long asked) {
            if (Long.bitCount(asked) < SPARSE) {
                return exactly(first, asked);
            }
            long passing = asked & within(first, possible);
            if (passing == 0 || sure.equals(possible)) {
                return passing;
            }
            long unsure = passing & ~within(first, sure);
            return unsure == 0 ? passing : (passing & ~unsure) | exactly(first, unsure);
        }

        private long exactly(int first, long asked) {
            long passing = 0;
            for (long left = asked; left != 0; left &= left - 1) {
                int bit = Long.numberOfTrailingZeros(left);
                long number = numbers[first + bit];
                if (from <= number && number <= to) {
                    passing |= 1L << bit;
                }
            }
            return passing;
        }

        @Override
        public int cost() {
            return 1;
        }
    }

    /// Those of 64 documents whose rank is one of these. A lane with its spare bit set, less
    /// another that is not larger, keeps that bit.
    private long within(int first, Ranks asked) {
        if (asked.from > asked.to) {
            return 0;
        }
        long low = asked.from * EACH;
        long high = asked.to * EACH | SPARE;
        int at = first / LANES;
        long passing = 0;
        for (int i = 0; i < LONGS; i++) {
            long four = ranks[at + i];
            long both = (high - four) & ((four | SPARE) - low) & SPARE;
            passing |= both >>> (LANE_BITS - 1 - i);
        }
        return passing;
    }
}
