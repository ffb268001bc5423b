package dev.palimpsest.question;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.space.GeoPoint;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuestionTest {

    private static final SpaceId SPACE = new SpaceId("quakes");

    @Test
    void anEmptyQuestionIsRefusedAndToldWhatToGive() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Question.of(SPACE).requireConstraint())
                .withMessageContaining("what.text")
                .withMessageContaining("why.effectsOf");
    }

    @Test
    void knownAtAloneAsksNothing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new Question(
                                        SPACE,
                                        List.of(),
                                        Optional.of(Instant.EPOCH),
                                        Set.of(),
                                        10,
                                        false,
                                        Optional.empty())
                                .requireConstraint());
    }

    @Test
    void theSameSortTwiceIsRefused() {
        var near = new Constraint.When.Near(Instant.EPOCH, Duration.ofDays(1));
        var nearer = new Constraint.When.Near(Instant.EPOCH, Duration.ofHours(1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Question.of(SPACE, near, nearer))
                .withMessageContaining("when");
    }

    @Test
    void differentSortsOfOneDimensionMayBeAskedTogether() {
        var question =
                Question.of(
                        SPACE,
                        new Constraint.When.Near(Instant.EPOCH, Duration.ofDays(1)),
                        new Constraint.When.At(Instant.EPOCH, false));
        assertThat(question.asks(Dimension.WHEN)).isTrue();
        assertThat(question.asks(Dimension.WHERE)).isFalse();
        assertThat(question.find(Constraint.When.At.class)).isPresent();
        assertThat(question.find(Constraint.When.During.class)).isEmpty();
    }

    @Test
    void noKindsMeansAllKinds() {
        var question = Question.of(SPACE, new Constraint.What.Text("quake"));
        assertThat(question.kinds()).containsExactlyInAnyOrder(Kind.values());
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 101})
    void aLimitOutsideItsBoundsIsRefused(int limit) {
        var question = Question.of(SPACE, new Constraint.What.Text("quake"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> question.limitedTo(limit))
                .withMessageContaining("limit must lie between 1 and 100: " + limit);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7})
    void hopsOutsideTheirBoundsAreRefused(int hops) {
        var entity = new EntityId("a");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Constraint.Why.CausesOf(entity, hops));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Constraint.Why.EffectsOf(entity, hops));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Constraint.Where.Hops(entity, hops));
    }

    @Test
    void aTextOrDistanceOutOfBoundsIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Constraint.What.Text(" "));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Constraint.What.Text("a".repeat(10_001)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Constraint.Where.Around(new GeoPoint(0, 0), Double.NaN));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Constraint.When.Near(Instant.EPOCH, Duration.ZERO));
    }

    @Test
    void whatGradesIsSoftAndWhatFiltersIsHard() {
        assertThat(new Constraint.What.Text("quake").isHard()).isFalse();
        assertThat(new Constraint.When.Near(Instant.EPOCH, Duration.ofDays(1)).isHard()).isFalse();
        assertThat(new Constraint.Where.Hops(new EntityId("a"), 1).isHard()).isTrue();
        assertThat(new Constraint.Why.CausesOf(new EntityId("a"), 1).isHard()).isTrue();
    }

    @Test
    void onlyHardConstraintsAreCountedAndASoftOneIsNamed() {
        var near = new Constraint.When.Near(Instant.EPOCH, Duration.ofDays(1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Count(Question.of(SPACE, near), new Grouping.Day(), 10))
                .withMessageStartingWith("when.near is soft");
        assertThat(new Count(Question.of(SPACE), new Grouping.Cell(8), 10_000).groups())
                .isEqualTo(10_000);
        assertThatIllegalArgumentException().isThrownBy(() -> new Grouping.Cell(9));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Count(Question.of(SPACE), new Grouping.Day(), 10_001));
    }
}
