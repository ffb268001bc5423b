package dev.palimpsest.query.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.query.ledger.Scribe;
import dev.palimpsest.question.Answer;
import dev.palimpsest.question.Constraint;
import dev.palimpsest.question.Constraint.What;
import dev.palimpsest.question.Constraint.When;
import dev.palimpsest.question.Constraint.Where;
import dev.palimpsest.question.Hit;
import dev.palimpsest.question.Question;
import dev.palimpsest.space.GeoPoint;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Lists of the best are short, and the answer is still the one that judging every row gives.
class OverlookedTest {

    private static final int WRITES = 2_000;
    private static final int QUESTIONS = 40;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whatIsSecondInPlaceAndInTimeIsFoundWhereItIsBestInBoth(long seed, @TempDir Path folder) {
        var scribe = new Scribe(RandomWorld.SPACE);
        var _ = new RandomWorld(seed, WRITES, new ScribeChronicle(scribe));
        var random = new Random(seed);
        long judgedFurther = 0;
        try (var door = new ReadDoor(scribe, folder, RandomWorld.NOW).follow()) {
            for (int number = 0; number < QUESTIONS; number++) {
                var question = question(random).explained();
                var usual = door.ask(question);
                var exact = door.askExactly(question);
                assertThat(usual.hits().stream().map(Hit::score).toList())
                        .as("seed %d, %d: %s", seed, number, question)
                        .usingComparatorForType(
                                (one, other) ->
                                        Math.abs(one - other) < 1e-9
                                                ? 0
                                                : Double.compare(one, other),
                                Double.class)
                        .isEqualTo(exact.hits().stream().map(Hit::score).toList());
                judgedFurther += overlooked(usual);
            }
        }
        assertThat(judgedFurther).as("rows judged that no list held, seed %d", seed).isPositive();
    }

    private static long overlooked(Answer answer) {
        return answer.explanation().stream()
                .filter(step -> step.name().equals("all overlooked"))
                .mapToLong(step -> step.actualRows())
                .sum();
    }

    private static Question question(Random random) {
        var constraints = new ArrayList<Constraint>();
        if (random.nextBoolean()) {
            constraints.add(new What.Text("thing led to number " + random.nextInt(9)));
        }
        boolean placed = random.nextInt(4) > 0;
        if (placed) {
            constraints.add(
                    new Where.Around(
                            new GeoPoint(random.nextInt(60) - 30, random.nextInt(90)),
                            20 + random.nextInt(2_000)));
        }
        if (!placed || random.nextInt(4) > 0) {
            constraints.add(
                    new When.Near(
                            RandomWorld.NOW.minus(Duration.ofDays(random.nextInt(50))),
                            Duration.ofDays(1 + random.nextInt(20))));
        }
        return Question.of(RandomWorld.SPACE, constraints.toArray(Constraint[]::new))
                .limitedTo(1 + random.nextInt(20));
    }
}
