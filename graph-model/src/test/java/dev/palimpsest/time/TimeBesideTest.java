package dev.palimpsest.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeBesideTest {

    /// Friday evening to Sunday.
    private static final Interval TRIP =
            Interval.between(
                    Instant.parse("2023-07-07T18:00:00Z"), Instant.parse("2023-07-09T12:00:00Z"));

    @ParameterizedTest
    @CsvSource({
        "What did Bo buy two weeks after the trip?, the trip, 2023-07-20, 2023-07-27",
        "What did Bo buy the day after the trip to Lisbon?, the trip to Lisbon, 2023-07-10, 2023-07-11",
        "Where was Ann a month before her exam?, her exam, 2023-05-23, 2023-06-22",
        "'3 days before the trip, what broke?', the trip, 2023-07-04, 2023-07-05",
        "Who called before the trip?, the trip, 2023-04-08, 2023-07-08",
        "AFTER THE TRIP what did they do?, THE TRIP, 2023-07-09, 2023-10-08",
        "What has changed since the trip?, the trip, 2023-07-09, ",
        "What did they save until the trip?, the trip, -9999-01-01, 2023-07-08"
    })
    void aTimeIsToldBySomethingElse(String words, String anchor, String from, String until) {
        var beside = TimeBeside.in(words).orElseThrow();

        assertThat(beside.anchor()).isEqualTo(anchor);
        assertThat(beside.rest()).doesNotContain(anchor);
        var start = Instant.parse(from + "T00:00:00Z");
        assertThat(beside.of(TRIP))
                .contains(
                        until == null
                                ? Interval.since(start)
                                : Interval.between(start, Instant.parse(until + "T00:00:00Z")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "What did Bo buy?",
                "Has she been there before?",
                "The day before.",
                "afternoon tea",
                "two weeks ago"
            })
    void wordsThatTellOfNothingElseHaveNone(String words) {
        assertThat(TimeBeside.in(words)).isEmpty();
    }

    @Test
    void whatLiesBeyondAllThatMayBeNamedIsNotTold() {
        var beside = TimeBeside.in("900 years before the beginning").orElseThrow();

        assertThat(beside.of(Interval.at(Moments.BEGINNING))).isEmpty();
    }

    @Test
    void ofALongTextTheBeginningIsRead() {
        assertThat(TimeBeside.in("x ".repeat(500_000) + "after the trip")).isEmpty();
        assertThat(TimeBeside.in("after " + "trip ".repeat(500_000)).orElseThrow().anchor())
                .isEqualTo("trip trip trip trip trip trip trip trip");
    }
}
