package dev.palimpsest.datasets.bench.fourd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BootstrapTest {

    @Test
    void aDifferenceThatIsAlwaysTheSameHasNoWidth() {
        var gain = Bootstrap.ofDifference(new double[] {3, 4, 5}, new double[] {1, 2, 3}, 7);

        assertThat(gain).isEqualTo(new Bootstrap(2, 2, 2));
        assertThat(gain.isAboveZero()).isTrue();
    }

    @Test
    void noDifferenceIsNotAboveZero() {
        var same = new double[] {.5, 1, .25};

        assertThat(Bootstrap.ofDifference(same, same, 7).isAboveZero()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void itsWidthIsThatOfTheNormalApproximation(long seed) {
        var random = new Random(seed);
        var one = random.doubles(400).toArray();
        var other = random.doubles(400).toArray();
        var differences = new double[400];
        Arrays.setAll(differences, i -> one[i] - other[i]);
        double mean = Arrays.stream(differences).average().orElseThrow();
        double variance = Arrays.stream(differences).map(d -> (d - mean) * (d - mean)).sum() / 399;
        double width = 2 * 1.96 * Math.sqrt(variance / 400);

        var gain = Bootstrap.ofDifference(one, other, seed);

        assertThat(gain.mean()).isCloseTo(mean, within(1e-12));
        assertThat(gain.high() - gain.low()).isCloseTo(width, within(0.05 * width));
    }

    @Test
    void whatIsNotPairedIsRefused() {
        assertThatThrownBy(() -> Bootstrap.ofDifference(new double[2], new double[3], 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2, 3");
    }
}
