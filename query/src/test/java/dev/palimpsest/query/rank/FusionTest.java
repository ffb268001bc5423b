package dev.palimpsest.query.rank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FusionTest {

    private static final double LAST_BITS = 1e-15;

    @Test
    void ofNothingIsNothing() {
        assertThat(Fusion.of(List.of())).isZero();
    }

    @Test
    void ofWhatIsPerfectIsPerfect() {
        assertThat(Fusion.of(List.of(1.0, 1.0, 1.0, 1.0))).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1e-300, 0.1, 0.5, 1})
    void ofOneIsThatOne(double score) {
        assertThat(Fusion.of(List.of(score))).isEqualTo(score);
    }

    @Test
    void whatFitsAllFairlyComesBeforeWhatFitsOneNotAtAll() {
        assertThat(Fusion.of(List.of(0.6, 0.6, 0.6)))
                .isGreaterThan(Fusion.of(List.of(1.0, 1.0, 0.0)));
    }

    @Test
    void aZeroDoesNotHideTheRest() {
        assertThat(Fusion.of(List.of(0.0, 0.9))).isGreaterThan(Fusion.of(List.of(0.0, 0.8)));
        assertThat(Fusion.of(List.of(0.0, 0.0))).isZero();
    }

    @Test
    void isTheGeometricMeanOfScoresThatBeginAtAHundredth() {
        double mean = Math.sqrt((0.01 + 0.99 * 0.25) * (0.01 + 0.99 * 0.5));
        assertThat(Fusion.of(List.of(0.5, 0.25))).isCloseTo((mean - 0.01) / 0.99, within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8})
    void liesBetweenTheLeastAndTheGreatest(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 1_000; i++) {
            var scores = scores(random);
            assertThat(Fusion.of(scores))
                    .isBetween(Collections.min(scores), Collections.max(scores));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8})
    void neverFallsWhenADimensionRises(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 1_000; i++) {
            var scores = scores(random);
            var better = new ArrayList<>(scores);
            int one = random.nextInt(scores.size());
            double raised = better.get(one) + (1 - better.get(one)) * random.nextDouble();
            better.set(one, raised);
            assertThat(Fusion.of(better))
                    .as("%s, then %s", scores, better)
                    .isGreaterThanOrEqualTo(Fusion.of(scores) - LAST_BITS);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8})
    void isTheSameInAnyOrder(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 1_000; i++) {
            var scores = scores(random);
            var shuffled = new ArrayList<>(scores);
            Collections.shuffle(shuffled, random);
            assertThat(Fusion.of(shuffled)).isEqualTo(Fusion.of(scores));
        }
    }

    /// One to five, the ends of the range among them now and then.
    private static List<Double> scores(Random random) {
        var scores = new ArrayList<Double>();
        int count = 1 + random.nextInt(5);
        for (int i = 0; i < count; i++) {
            int luck = random.nextInt(10);
            scores.add(luck == 0 ? 0.0 : luck == 1 ? 1.0 : random.nextDouble());
        }
        return scores;
    }
}
