package dev.palimpsest.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeWordsTest {

    /// A Wednesday.
    private static final Instant NOW = Instant.parse("2023-07-12T15:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "What happened on 7 May 2023?, 2023-05-07, 2023-05-08",
        "'Who came on May 7th, 2023?', 2023-05-07, 2023-05-08",
        "seen on 2023-05-07, 2023-05-07, 2023-05-08",
        "Where was Ann in May 2023?, 2023-05-01, 2023-06-01",
        "What did Bo do in September?, 2022-09-01, 2022-10-01",
        "the summer of 2022, 2022-06-01, 2022-09-01",
        "winter 2022, 2022-12-01, 2023-03-01",
        "last spring, 2023-03-01, 2023-06-01",
        "last summer, 2022-06-01, 2022-09-01",
        "this summer, 2023-06-01, 2023-09-01",
        "last winter, 2022-12-01, 2023-03-01",
        "two weeks ago, 2023-06-25, 2023-07-02",
        "3 days ago, 2023-07-09, 2023-07-10",
        "a year ago, 2022-01-12, 2023-01-12",
        "yesterday, 2023-07-11, 2023-07-12",
        "last week, 2023-07-03, 2023-07-10",
        "last month, 2023-06-01, 2023-07-01",
        "this year, 2023-01-01, 2024-01-01",
        "What did she paint in 2021?, 2021-01-01, 2022-01-01"
    })
    void aStretchIsReadOffWords(String words, String from, String until) {
        assertThat(TimeWords.in(words, NOW))
                .contains(
                        Interval.between(
                                Instant.parse(from + "T00:00:00Z"),
                                Instant.parse(until + "T00:00:00Z")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "What did Bo buy?",
                "May I march along?",
                "31 February 2023",
                "2023-13-45",
                "room 2021",
                "🎻"
            })
    void wordsWithoutATimeHaveNone(String words) {
        assertThat(TimeWords.in(words, NOW)).isEmpty();
    }

    @Test
    void aLongTextIsReadByItsBeginning() {
        assertThat(TimeWords.in("x ".repeat(500_000) + "in May 2023", NOW)).isEmpty();
    }
}
