package dev.palimpsest.query.rank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.palimpsest.time.Interval;
import dev.palimpsest.time.Moments;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DecayTest {

    private static final Instant NOON = Instant.parse("2018-02-06T12:00:00Z");
    private static final Interval HOUR = Interval.between(NOON, NOON.plusSeconds(3_600));
    private static final Duration HALF = Duration.ofMinutes(30);

    @Test
    void scoresHalveAtEveryHalf() {
        assertThat(Decay.halving(0, 30)).isEqualTo(1);
        assertThat(Decay.halving(30, 30)).isEqualTo(0.5);
        assertThat(Decay.halving(90, 30)).isEqualTo(0.125);
    }

    @Test
    void insideAnIntervalNothingIsLost() {
        assertThat(Decay.halving(HOUR, NOON, HALF)).isEqualTo(1);
        assertThat(Decay.halving(HOUR, NOON.plusSeconds(3_599), HALF)).isEqualTo(1);
    }

    @Test
    void outsideItTheGapToTheNearerEndCounts() {
        assertThat(Decay.halving(HOUR, NOON.minusSeconds(1_800), HALF))
                .isCloseTo(0.5, within(1e-9));
        assertThat(Decay.halving(HOUR, NOON.plusSeconds(3_600 + 3_600), HALF))
                .isCloseTo(0.25, within(1e-9));
    }

    @Test
    void anOpenEndIsNeverPassed() {
        var centuries = NOON.plus(Duration.ofDays(365_000));
        assertThat(Decay.halving(Interval.since(NOON), centuries, HALF)).isEqualTo(1);
    }

    @Test
    void nearIsExactFromTheFirstYearToTheLast() {
        var instant = Interval.at(Instant.parse("0001-01-01T00:00:00Z"));
        var half = Duration.ofDays(365);
        var before = Instant.parse("0000-01-02T00:00:00Z");
        assertThat(Decay.halving(instant, instant.from(), half)).isEqualTo(1);
        assertThat(Decay.halving(instant, before, half)).isCloseTo(0.5, within(1e-9));
        assertThat(Decay.halving(instant, Moments.LAST, half)).isBetween(0.0, 1e-300);
        assertThat(Decay.halving(Interval.since(instant.from()), Moments.LAST, half)).isEqualTo(1);
        assertThat(Decay.halving(Interval.ALWAYS, Moments.BEGINNING, half)).isEqualTo(1);
        var ages = Duration.ofSeconds(Long.MAX_VALUE);
        assertThat(Decay.halving(instant, Moments.LAST, ages)).isCloseTo(1, within(1e-6));
    }
}
