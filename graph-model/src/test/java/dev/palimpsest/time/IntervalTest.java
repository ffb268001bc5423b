package dev.palimpsest.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IntervalTest {

    private static final Instant T = Instant.parse("2018-02-06T15:50:42.400Z");

    @Test
    void holdsItsStartButNotItsEnd() {
        var hour = Interval.between(T, T.plusSeconds(3600));

        assertThat(hour.holdsAt(T)).isTrue();
        assertThat(hour.holdsAt(T.plusSeconds(3600).minusNanos(1_000))).isTrue();
        assertThat(hour.holdsAt(T.plusSeconds(3600))).isFalse();
        assertThat(hour.holdsAt(T.minusNanos(1_000))).isFalse();
    }

    @Test
    void anInstantLastsOneMicrosecond() {
        var instant = Interval.at(T.plusNanos(999));

        assertThat(instant.fromMicros()).isEqualTo(Moments.toMicros(T));
        assertThat(instant.untilMicros()).isEqualTo(Moments.toMicros(T) + 1);
    }

    @Test
    void anUnknownEndIsSureOfItsFirstInstantOnly() {
        var ended = new Interval(T, new Interval.End.Unknown(Optional.of(T.plusSeconds(60))));

        assertThat(ended.holdsAt(T)).isTrue();
        assertThat(ended.holdsAt(T.plusSeconds(1))).isFalse();
        assertThat(ended.mayHoldAt(T.plusSeconds(59))).isTrue();
        assertThat(ended.mayHoldAt(T.plusSeconds(60))).isFalse();
    }

    @Test
    void aReversedOrEmptyIntervalIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Interval.between(T, T.minusSeconds(1)))
                .withMessageContaining("must end after it starts");
        assertThatIllegalArgumentException().isThrownBy(() -> Interval.between(T, T));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Interval(T, new Interval.End.Unknown(Optional.of(T))));
    }

    @Test
    void whatAStoreWritesItReadsBack() {
        for (var interval :
                new Interval[] {
                    Interval.ALWAYS,
                    Interval.at(T),
                    Interval.since(T),
                    new Interval(T, new Interval.End.Unknown(Optional.empty())),
                    new Interval(T, new Interval.End.Unknown(Optional.of(T.plusSeconds(1))))
                }) {
            assertThat(
                            Interval.ofMicros(
                                    interval.fromMicros(),
                                    interval.untilMicros(),
                                    interval.endCode()))
                    .isEqualTo(interval);
        }
    }

    @Test
    void momentsSurviveMicrosecondsOnBothSidesOf1970() {
        for (var text :
                new String[] {
                    "1969-12-31T23:59:59.999999Z",
                    "1970-01-01T00:00:00Z",
                    "-0044-03-15T12:00:00.000001Z",
                    "9999-12-31T23:59:59.999999Z"
                }) {
            var moment = Instant.parse(text);
            assertThat(Moments.fromMicros(Moments.toMicros(moment))).isEqualTo(moment);
        }
        assertThatIllegalArgumentException().isThrownBy(() -> Moments.require(Instant.MAX));
    }
}
