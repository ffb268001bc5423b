package dev.palimpsest.query.index.lucene;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.time.Moments;
import java.util.Random;
import java.util.function.LongUnaryOperator;
import org.apache.lucene.util.FixedBitSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What ranks tell is what the numbers themselves say.
class RankedNumbersTest {

    private static final int BOUNDS = 12;

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "2, 63",
        "3, 64",
        "4, 1000",
        "5, 32768",
        "6, 40001",
        "7, 100000",
    })
    void tellTheNumbersBetweenTwo(long seed, int documents) {
        var random = new Random(seed);
        for (LongUnaryOperator sort :
                new LongUnaryOperator[] {
                    i -> random.nextLong(),
                    i -> i,
                    i -> random.nextInt(7),
                    i -> random.nextInt(3) == 0 ? Moments.OPEN : random.nextInt(),
                    i -> random.nextBoolean() ? Long.MIN_VALUE : Long.MAX_VALUE,
                }) {
            var numbers = new long[documents];
            var there = new FixedBitSet(documents);
            for (int i = 0; i < documents; i++) {
                if (random.nextInt(5) != 0) {
                    numbers[i] = sort.applyAsLong(i);
                    there.set(i);
                }
            }
            for (int i = 0; i < BOUNDS; i++) {
                long one = bound(random, numbers);
                long other = bound(random, numbers);
                agrees(random, numbers, there, Math.min(one, other), Math.max(one, other));
            }
            agrees(random, numbers, there, Long.MIN_VALUE, Long.MAX_VALUE);
            agrees(random, numbers, there, 1, 0);
        }
    }

    private static void agrees(
            Random random, long[] numbers, FixedBitSet there, long from, long to) {
        var test = RankedNumbers.of(numbers, there).between(from, to);
        var all = RankedNumbers.ofAll(numbers).between(from, to);
        for (int first = 0; first < numbers.length; first += Long.SIZE) {
            long asked = random.nextBoolean() ? -1L : 1L << random.nextInt(Long.SIZE);
            if (numbers.length - first < Long.SIZE) {
                asked &= (1L << (numbers.length - first)) - 1;
            }
            long expected = 0;
            for (int i = 0; i < Long.SIZE && first + i < numbers.length; i++) {
                if (from <= numbers[first + i] && numbers[first + i] <= to) {
                    expected |= 1L << i;
                }
            }
            assertThat(of(all, first, asked))
                    .as("%d documents from %d, from %d to %d", numbers.length, first, from, to)
                    .isEqualTo(expected & asked);
            long known = asked & there.getBits()[first >> 6];
            assertThat(of(test, first, known)).isEqualTo(expected & known);
        }
    }

    private static long of(RowTest test, int first, long asked) {
        long[] narrowed = {asked};
        test.narrow(first >> 6, narrowed, 1);
        return narrowed[0];
    }

    /// A number that is there, one beside it, or any.
    private static long bound(Random random, long[] numbers) {
        return random.nextInt(4) == 0
                ? random.nextLong()
                : numbers[random.nextInt(numbers.length)] + random.nextInt(3) - 1;
    }
}
