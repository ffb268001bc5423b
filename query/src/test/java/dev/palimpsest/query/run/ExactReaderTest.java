package dev.palimpsest.query.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.query.ledger.Scribe;
import dev.palimpsest.question.Answer;
import dev.palimpsest.question.Constraint;
import dev.palimpsest.question.Constraint.What;
import dev.palimpsest.question.Constraint.When;
import dev.palimpsest.question.Constraint.Where;
import dev.palimpsest.question.Dimension;
import dev.palimpsest.question.Hit;
import dev.palimpsest.question.Question;
import dev.palimpsest.space.GeoPoint;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The reader that takes no short cuts judges every row that passes.
class ExactReaderTest {

    private static final int WRITES = 220;
    private static final int QUESTIONS = 60;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void judgesAllThatPassAndSaysHowManyTheyAre(long seed, @TempDir Path folder) {
        var scribe = new Scribe(RandomWorld.SPACE);
        var world = new RandomWorld(seed, WRITES, new ScribeChronicle(scribe));
        try (var door = new ReadDoor(scribe, folder, RandomWorld.NOW).follow()) {
            for (int number = 0; number < QUESTIONS; number++) {
                var hard = world.question();
                var expected = new NaiveReader(scribe, hard, RandomWorld.NOW).answer();
                var question = graded(hard).limitedTo(Question.MOST_HITS);
                var answer = door.askExactly(question.explained());
                var as = "seed " + seed + ", " + number + ": " + question;
                if (expected.size() <= Question.MOST_HITS) {
                    assertThat(ids(answer)).as(as).hasSameSizeAs(expected);
                }
                assertThat(answer.explanation())
                        .as(as)
                        .filteredOn(step -> step.name().equals("passing"))
                        .allSatisfy(step ->
                                assertThat(step.actualRows())
                                        .isGreaterThanOrEqualTo(expected.size()));
                var usual = door.ask(question);
                if (!usual.hits().isEmpty()) {
                    assertThat(answer.hits().getFirst().score())
                            .as(as)
                            .isGreaterThanOrEqualTo(usual.hits().getFirst().score());
                }
            }
        }
    }

    /// The same question with everything to grade by.
    private static Question graded(Question hard) {
        var constraints = new ArrayList<Constraint>(hard.constraints());
        constraints.removeIf(What.Text.class::isInstance);
        constraints.add(new What.Text("thing led to the other one"));
        constraints.add(new Where.Around(new GeoPoint(10, 10), 500));
        if (hard.find(When.Near.class).isEmpty() && hard.asks(Dimension.WHEN)) {
            constraints.add(new When.Near(RandomWorld.NOW, Duration.ofDays(30)));
        }
        return new Question(
                hard.space(),
                constraints,
                hard.knownAt(),
                hard.kinds(),
                hard.limit(),
                false,
                hard.after());
    }

    private static List<String> ids(Answer answer) {
        return answer.hits().stream()
                .flatMap(hit -> Stream.concat(Stream.of(hit), hit.folded().stream()))
                .map(Hit::id)
                .toList();
    }
}
