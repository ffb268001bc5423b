package dev.palimpsest.belief;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.time.Interval;
import dev.palimpsest.time.Moments;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CutTest {

    @Test
    void everyMomentOutsideThePortionRemainsAndNoneInside() {
        for (int from = 0; from < 6; from++) {
            for (int until = from + 1; until <= 6; until++) {
                for (int low = 0; low < 6; low++) {
                    for (int high = low + 1; high <= 6; high++) {
                        var old = Interval.between(at(from), at(until));
                        var portion = Interval.between(at(low), at(high));
                        var remainders = Cut.remainders(old, portion);
                        for (int moment = 0; moment <= 6; moment++) {
                            var when = at(moment);
                            assertThat(remainders.stream().anyMatch(part -> part.holdsAt(when)))
                                    .as("%s without %s at %d", old, portion, moment)
                                    .isEqualTo(old.holdsAt(when) && !portion.holdsAt(when));
                        }
                    }
                }
            }
        }
    }

    @Test
    void anOpenIntervalStaysOpenAfterThePortion() {
        assertThat(Cut.remainders(Interval.since(at(0)), Interval.between(at(2), at(3))))
                .containsExactly(Interval.between(at(0), at(2)), Interval.since(at(3)));
    }

    @Test
    void anUnknownEndIsTightenedAndNothingRemainsBehindThePortion() {
        var ended = new Interval(at(0), new Interval.End.Unknown(Optional.of(at(5))));

        assertThat(Cut.remainders(ended, Interval.between(at(2), at(3))))
                .containsExactly(new Interval(at(0), new Interval.End.Unknown(Optional.of(at(2)))));
    }

    private static Instant at(long micros) {
        return Moments.fromMicros(micros);
    }
}
