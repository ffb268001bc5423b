package dev.palimpsest.query.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.Profile;
import dev.palimpsest.model.SourceId;
import dev.palimpsest.model.Value;
import dev.palimpsest.query.ledger.Scribe;
import dev.palimpsest.question.Answer;
import dev.palimpsest.question.Constraint;
import dev.palimpsest.question.Constraint.What;
import dev.palimpsest.question.Constraint.When;
import dev.palimpsest.question.Constraint.Where;
import dev.palimpsest.question.Dimension;
import dev.palimpsest.question.Hit;
import dev.palimpsest.question.Kind;
import dev.palimpsest.question.Question;
import dev.palimpsest.space.GeoPoint;
import dev.palimpsest.space.Region;
import dev.palimpsest.time.Interval;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The reader that takes no short cuts judges every row that passes.
class ExactReaderTest {

    private static final int WRITES = 220;
    private static final int QUESTIONS = 60;
    private static final int PLACES = 10_100;

    /// The kilometres of one along the equator.
    private static final double DEGREE = 111.195;

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

    /// Of more places than a search gives rows.
    @Test
    void knowsHowFarAwayEachIsHoweverManyTheyAre(@TempDir Path folder) {
        var scribe = new Scribe(RandomWorld.SPACE);
        for (int i = 0; i < PLACES; i++) {
            scribe.say(
                    new EntityId("e" + i),
                    Profile.PLACE,
                    new Value.Geo(new GeoPoint(0, i * .01)),
                    Interval.ALWAYS,
                    new SourceId("us"));
        }
        try (var door = new ReadDoor(scribe, folder, RandomWorld.NOW).follow()) {
            var question =
                    Question.of(
                                    RandomWorld.SPACE,
                                    new What.Text("e0"),
                                    new Where.Within(new Region.Circle(new GeoPoint(0, 0), 20_000)),
                                    new Where.Around(new GeoPoint(0, 0), 5))
                            .ofKinds(Set.of(Kind.ENTITY))
                            .limitedTo(20);
            for (var hit : door.askExactly(question).hits()) {
                double away = Double.parseDouble(hit.id().substring(1)) * .01 * DEGREE;
                assertThat(hit.by().get(Dimension.WHERE))
                        .as(hit.id())
                        .isCloseTo(Math.pow(.5, away / 5), within(1e-3));
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
