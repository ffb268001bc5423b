package dev.palimpsest.query.rank;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.model.RowId;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TextScoresTest {

    private static final RowId A = new RowId(new UUID(1, 1));
    private static final RowId B = new RowId(new UUID(1, 2));
    private static final RowId C = new RowId(new UUID(1, 3));

    @Test
    void wordsAreMeasuredFromNothingAndMeaningFromTheLastFound() {
        var scores =
                new TextScores(
                        Map.of(A, 12.0, B, 6.0, C, 3.0), Map.of(A, 0.2, B, 0.9, C, 0.2), true);
        assertThat(scores.of(A)).isEqualTo(0.5);
        assertThat(scores.of(B)).isEqualTo(0.75);
        assertThat(scores.of(C)).isEqualTo(0.125);
    }

    @Test
    void whatOnlyOneHalfFoundCountsNothingInTheOther() {
        var scores = new TextScores(Map.of(A, 3.0), Map.of(B, 0.5), true);
        assertThat(scores.of(A)).isEqualTo(0.5);
        assertThat(scores.of(B)).isEqualTo(0.5);
        assertThat(scores.of(C)).isEqualTo(0);
    }

    @Test
    void wordsAreAllWhereMeaningCouldNotBeAsked() {
        var scores = new TextScores(Map.of(A, 4.0, B, 1.0), Map.of(), false);
        assertThat(scores.of(A)).isEqualTo(1);
        assertThat(scores.of(B)).isEqualTo(0.25);
        assertThat(scores.of(C)).isEqualTo(0);
    }

    @Test
    void equalScoresAreAllTheBest() {
        var scores = new TextScores(Map.of(A, 2.0, B, 2.0), Map.of(), false);
        assertThat(scores.of(A)).isEqualTo(1);
        assertThat(scores.of(B)).isEqualTo(1);
    }

    @Test
    void theBestAreThoseOfBothHalvesTogether() {
        var scores = new TextScores(Map.of(A, 9.0, B, 5.0), Map.of(B, 0.9, C, 0.1), true);
        assertThat(scores.best(2)).containsExactlyInAnyOrder(A, B);
        assertThat(scores.best(9)).containsExactlyInAnyOrder(A, B, C);
        assertThat(TextScores.none().best(9)).isEmpty();
    }
}
