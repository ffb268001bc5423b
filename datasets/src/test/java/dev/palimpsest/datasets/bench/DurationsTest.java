package dev.palimpsest.datasets.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aPercentileIsTheShortestThatSoManyDidNotExceedInWhateverOrderTheyCame(long seed) {
        var order = new ArrayList<Long>();
        for (long nanos = 1; nanos <= 5_000; nanos++) {
            order.add(nanos);
        }
        Collections.shuffle(order, new Random(seed));
        var durations = new Durations();
        order.forEach(durations::add);

        assertThat(durations.count()).isEqualTo(5_000);
        assertThat(durations.percentile(.5)).isEqualTo(Duration.ofNanos(2_500));
        assertThat(durations.percentile(.99)).isEqualTo(Duration.ofNanos(4_950));
        assertThat(durations.percentile(1)).isEqualTo(Duration.ofNanos(5_000));
        assertThat(durations.mean()).isEqualTo(Duration.ofNanos(2_501));
    }

    @Test
    void ofOneEveryPercentileIsThatOne() {
        var one = new Durations();
        one.add(7);

        assertThat(one.percentile(.01)).isEqualTo(Duration.ofNanos(7));
        assertThat(one.percentile(.99)).isEqualTo(Duration.ofNanos(7));
    }

    @Test
    void addingOthersAddsEachOfThem() {
        var some = new Durations();
        some.add(1);
        var others = new Durations();
        others.add(2);
        others.add(3);
        some.addAll(others);

        assertThat(some.count()).isEqualTo(3);
        assertThat(some.mean()).isEqualTo(Duration.ofNanos(2));
    }

    @Test
    void ofNoneEverythingIsZero() {
        assertThat(new Durations().mean()).isZero();
        assertThat(new Durations().percentile(.99)).isZero();
    }
}
