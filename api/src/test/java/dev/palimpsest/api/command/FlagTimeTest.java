package dev.palimpsest.api.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palimpsest.api.Failure;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlagTimeTest {

    @ParameterizedTest
    @CsvSource({
        "2018-02-07T01:00:00Z, 2018-02-07T01:00:00Z",
        "2018-02-07T01:00Z, 2018-02-07T01:00:00Z",
        "2018-02-07T01:00, 2018-02-07T01:00:00Z",
        "2018-02-07T09:00+08:00, 2018-02-07T01:00:00Z",
        "2018-02-07, 2018-02-07T00:00:00Z",
        "2018-02-06T15:50:42.400001Z, 2018-02-06T15:50:42.400001Z"
    })
    void readsMomentsAsPeopleTypeThem(String typed, Instant meant) {
        assertThat(FlagTime.moment("--at", typed)).isEqualTo(meant);
    }

    @ParameterizedTest
    @CsvSource({"90m, PT90M", "6h, PT6H", "2d, PT48H", "1.5h, PT90M", "PT6H, PT6H", "30s, PT30S"})
    void readsDurationsAsPeopleTypeThem(String typed, Duration meant) {
        assertThat(FlagTime.duration("--near", typed)).isEqualTo(meant);
    }

    @Test
    void namesTheFlagAndShowsAnExampleWhenItIsNoMoment() {
        assertThatThrownBy(() -> FlagTime.moment("--known-at", "yesterday"))
                .isInstanceOf(Failure.class)
                .hasMessage(
                        "--known-at must be a moment such as 2018-02-07T01:00Z or 2018-02-07:"
                                + " yesterday");
    }
}
