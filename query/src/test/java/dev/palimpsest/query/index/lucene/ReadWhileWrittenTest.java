package dev.palimpsest.query.index.lucene;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.Predicate;
import dev.palimpsest.model.PredicateName;
import dev.palimpsest.model.Value;
import dev.palimpsest.port.StoreException;
import dev.palimpsest.question.Kind;
import dev.palimpsest.time.Interval;
import dev.palimpsest.time.Position;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Readers ask at positions the index says it covers, while it is written.
class ReadWhileWrittenTest {

    private static final PredicateName MAGNITUDE = new PredicateName("magnitude");
    private static final Filter FACTS = new Filter.Kinds(Set.of(Kind.FACT));
    private static final int WRITES = 120;

    @TempDir private Path folder;
    private final Example space = new Example("demo");

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void everyPositionHasExactlyTheOneValueThatWasSaidLast(long seed) throws Exception {
        space.scribe.register(
                new Predicate(MAGNITUDE, true, false, false, Optional.empty(), Optional.empty()));
        long registered = space.head().number();
        var random = new Random(seed);
        var limits = new OpenIndexes.Limits(2, 1, 40);
        try (var index = new LuceneTextIndex(folder, limits);
                var readers = Executors.newFixedThreadPool(2)) {
            var done = new AtomicBoolean();
            List<Future<Integer>> reading = new ArrayList<>();
            for (int reader = 0; reader < 2; reader++) {
                var choice = new Random(seed * 31 + reader);
                reading.add(readers.submit(asking(index, registered, choice, done)));
            }
            for (int write = 0; write < WRITES; write++) {
                space.scribe.say(
                        new EntityId("q"),
                        MAGNITUDE,
                        Value.Numeric.of(write),
                        Interval.since(Example.LONG_AGO),
                        Example.US);
                if (random.nextInt(4) == 0) {
                    space.follow(index);
                }
            }
            space.follow(index);
            done.set(true);
            for (var one : reading) {
                assertThat(one.get()).isPositive();
            }
        }
    }

    @Test
    void anInterruptedReaderHarmsNobodyElse() {
        space.keep("m", "quake");
        try (var index = new LuceneTextIndex(folder)) {
            space.follow(index);
        }
        try (var index = new LuceneTextIndex(folder)) {
            for (int write = 0; write < 20; write++) {
                Thread.currentThread().interrupt();
                try {
                    assertThat(index.count(space.space(), Filter.ANYTHING, index.covers()))
                            .isEqualTo(write + 1);
                } catch (StoreException.Unavailable e) {
                    assertThat(e).hasMessageContaining("text/demo");
                } finally {
                    assertThat(Thread.interrupted()).isTrue();
                }
                space.keep("m" + write, "quake");
                space.follow(index);
            }
            assertThat(index.count(space.space(), Filter.ANYTHING, space.head())).isEqualTo(21);
        }
    }

    /// Position p, counted from the registration, holds the fact that was recorded at p.
    private Callable<Integer> asking(
            LuceneTextIndex index, long registered, Random random, AtomicBoolean done) {
        return () -> {
            int asked = 0;
            while (!done.get() || asked == 0) {
                long covered = index.covers().number();
                if (covered > registered) {
                    long past = registered + 1 + random.nextLong(covered - registered);
                    for (long at : List.of(covered, past)) {
                        var found =
                                index.list(
                                        space.space(),
                                        FACTS,
                                        new Order.Newest(),
                                        new Position(at),
                                        10);
                        assertThat(found).extracting(Match::score).containsExactly((double) at);
                        asked++;
                    }
                }
            }
            return asked;
        };
    }
}
