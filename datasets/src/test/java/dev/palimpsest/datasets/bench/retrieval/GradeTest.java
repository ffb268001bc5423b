package dev.palimpsest.datasets.bench.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class GradeTest {

    @Test
    void anAnswerIsRightThatContainsARightOne() {
        assertThat(Grade.of("Bo bought the Red Cello.", List.of("a red cello")).contains())
                .isTrue();
        assertThat(Grade.of("It was 1998", List.of("in May", "1998")).contains()).isTrue();
        assertThat(Grade.of("The cello is red", List.of("red cello")).contains()).isFalse();
        assertThat(Grade.of("scarred", List.of("red")).contains()).isFalse();
        assertThat(Grade.of("unknown", List.of("")).contains()).isFalse();
    }

    @Test
    void theOverlapIsThatWithTheRightAnswerThatFitsBest() {
        assertThat(Grade.of("red cello", List.of("red cello", "x")).overlap()).isEqualTo(1);
        assertThat(Grade.of("red red cello", List.of("red bow")).overlap())
                .isCloseTo(2 * 1 / 5.0, within(1e-12));
        assertThat(Grade.of("", List.of("red")).overlap()).isZero();
    }
}
