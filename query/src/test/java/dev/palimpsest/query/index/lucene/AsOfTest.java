package dev.palimpsest.query.index.lucene;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.FactVersion;
import dev.palimpsest.model.Predicate;
import dev.palimpsest.model.PredicateName;
import dev.palimpsest.model.RowId;
import dev.palimpsest.model.Value;
import dev.palimpsest.question.Kind;
import dev.palimpsest.space.GeoPoint;
import dev.palimpsest.space.Region;
import dev.palimpsest.time.Interval;
import dev.palimpsest.time.Position;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the index says of the past is what the rows say, however often it is asked and whatever was
/// written since.
class AsOfTest {

    private static final Instant START = Instant.parse("2010-01-01T00:00:00Z");
    private static final PredicateName PLACE = new PredicateName("place");
    private static final int WRITES = 240;

    @TempDir private Path folder;
    private final Example space = new Example("demo");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theSameQuestionAboutThePastHasTheSameAnswerForEver(long seed) {
        var random = new Random(seed);
        space.scribe.register(
                new Predicate(PLACE, true, false, false, Optional.empty(), Optional.empty()));
        Map<Question, Set<RowId>> answers = new HashMap<>();
        try (var index = new LuceneTextIndex(folder)) {
            for (int write = 0; write < WRITES; write++) {
                write(random);
                if (write % 20 == 0) {
                    space.follow(index);
                    var question = question(random);
                    answers.put(question, answer(index, question));
                }
            }
            space.follow(index);
            check(index, answers);
            for (int i = 0; i < 60; i++) {
                var question = question(random);
                answers.put(question, answer(index, question));
            }
            check(index, answers);
        }
        try (var reopened = new LuceneTextIndex(folder)) {
            check(reopened, answers);
            reopened.clear();
            reopened.apply(space.scribe.rows(), space.checkpoint());
            check(reopened, answers);
        }
    }

    private record Question(Position at, Instant moment, Region region) {}

    private void check(LuceneTextIndex index, Map<Question, Set<RowId>> answers) {
        answers.forEach((question, answer) -> {
            assertThat(answer).as("what the rows say: %s", question).isEqualTo(model(question));
            assertThat(answer(index, question)).as("%s", question).isEqualTo(answer);
        });
    }

    private Set<RowId> answer(LuceneTextIndex index, Question question) {
        var filter =
                Filter.all(
                        new Filter.Kinds(Set.of(Kind.FACT)),
                        new Filter.HoldsAt(question.moment(), false),
                        new Filter.Within(question.region()));
        var ids = new HashSet<RowId>();
        index.list(space.space(), filter, new Order.Newest(), question.at(), 1_000)
                .forEach(match -> ids.add(match.id()));
        assertThat(index.count(space.space(), filter, question.at())).isEqualTo(ids.size());
        return ids;
    }

    private Set<RowId> model(Question question) {
        return space.scribe.versions().stream()
                .filter(version -> version.recorded().visibleAt(question.at()))
                .filter(version -> version.valid().holdsAt(question.moment()))
                .filter(version ->
                        version.object() instanceof Value.Geo(GeoPoint point)
                                && question.region().contains(point))
                .map(FactVersion::id)
                .collect(Collectors.toSet());
    }

    private void write(Random random) {
        var from = START.plus(Duration.ofDays(random.nextInt(3_000)));
        var valid =
                random.nextBoolean()
                        ? Interval.since(from)
                        : Interval.between(from, from.plus(Duration.ofDays(400)));
        space.scribe.say(
                new EntityId("e" + random.nextInt(12)),
                PLACE,
                new Value.Geo(point(random)),
                valid,
                Example.US);
    }

    private Question question(Random random) {
        var moment = START.plus(Duration.ofDays(random.nextInt(3_400)));
        var at = new Position(random.nextLong(space.head().number() + 1));
        var region =
                random.nextBoolean()
                        ? new Region.Circle(point(random), 500 + random.nextInt(6_000))
                        : box(point(random), point(random));
        return new Question(at, moment, region);
    }

    /// Coordinates on a grid that no region's edge meets.
    private static GeoPoint point(Random random) {
        return new GeoPoint(random.nextInt(160) - 80, random.nextInt(358) - 179);
    }

    private static Region box(GeoPoint one, GeoPoint other) {
        return new Region.Box(
                Math.min(one.latitude(), other.latitude()) - .5,
                one.longitude() - .5,
                Math.max(one.latitude(), other.latitude()) + .5,
                other.longitude() + .5);
    }
}
