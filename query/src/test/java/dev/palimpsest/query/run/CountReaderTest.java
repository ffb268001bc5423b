package dev.palimpsest.query.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.model.EntityProfile;
import dev.palimpsest.port.Row;
import dev.palimpsest.query.ledger.Scribe;
import dev.palimpsest.question.Constraint;
import dev.palimpsest.question.Count;
import dev.palimpsest.question.Counted.Group;
import dev.palimpsest.question.Grouping;
import dev.palimpsest.question.Question;
import dev.palimpsest.space.GeoPoint;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Counts are what one gets by looking at every row, at any position and valid time.
class CountReaderTest {

    private static final int WRITES = 220;
    private static final int QUESTIONS = 120;
    private static final String LETTERS = "0123456789bcdefghjkmnpqrstuvwxyz";

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void countsWhatAScanOfAllRowsGives(long seed, @TempDir Path folder) {
        var scribe = new Scribe(RandomWorld.SPACE);
        var world = new RandomWorld(seed, WRITES, new ScribeChronicle(scribe));
        long counted = 0;
        long ungrouped = 0;
        try (var door = new ReadDoor(scribe, folder, RandomWorld.NOW).follow()) {
            for (int number = 0; number < QUESTIONS; number++) {
                var question = number % 10 == 0 ? everything(world) : hardPartOf(world.question());
                var by = grouping(number);
                var naive = new NaiveReader(scribe, question, RandomWorld.NOW);
                var said = "seed " + seed + ", " + number + ": " + by + " of " + question;
                var found = door.count(new Count(question, by, 1_000));
                var expected = groups(naive, by);
                assertThat(found.groups()).as(said).isEqualTo(expected);
                assertThat(found.total()).as(said).isEqualTo(naive.passing().size());
                assertThat(found.ungrouped())
                        .as(said)
                        .isEqualTo(
                                naive.passing().stream()
                                        .filter(row -> keys(naive, by, row).isEmpty())
                                        .count());
                assertThat(found.truncated()).as(said).isFalse();
                if (expected.size() > 1) {
                    var fewer = door.count(new Count(question, by, 1));
                    assertThat(fewer.groups()).as(said).isEqualTo(expected.subList(0, 1));
                    assertThat(fewer.truncated()).as(said).isTrue();
                    assertThat(fewer.total()).as(said).isEqualTo(found.total());
                }
                counted += found.total();
                ungrouped += found.ungrouped();
            }
        }
        assertThat(counted).as("counted, seed %d", seed).isGreaterThan(4L * QUESTIONS);
        assertThat(ungrouped).as("in no group, seed %d", seed).isPositive();
    }

    /// What can be counted by: what is soft leaves nothing out.
    private static Question hardPartOf(Question asked) {
        var hard = asked.constraints().stream().filter(Constraint::isHard).toList();
        return hard.isEmpty()
                ? Question.of(asked.space()).knownAt(asked.knownAt().orElse(RandomWorld.NOW))
                : new Question(
                        asked.space(),
                        hard,
                        asked.knownAt(),
                        asked.kinds(),
                        asked.limit(),
                        false,
                        asked.after());
    }

    private static Question everything(RandomWorld world) {
        var asked = Question.of(RandomWorld.SPACE);
        return asked.knownAt(world.question().knownAt().orElse(RandomWorld.NOW));
    }

    private static Grouping grouping(int number) {
        return switch (number % 4) {
            case 0 -> new Grouping.Day();
            case 1 -> new Grouping.Type();
            case 2 -> new Grouping.Cell(1 + number / 4 % Grouping.Cell.FINEST);
            default -> new Grouping.Predicate();
        };
    }

    private static List<Group> groups(NaiveReader naive, Grouping by) {
        var counts = new TreeMap<String, Long>();
        for (var row : naive.passing()) {
            keys(naive, by, row).forEach(key -> counts.merge(key, 1L, Long::sum));
        }
        return counts.entrySet().stream()
                .map(entry -> new Group(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingLong(Group::count).reversed())
                .toList();
    }

    private static Set<String> keys(NaiveReader naive, Grouping by, Row row) {
        return switch (by) {
            case Grouping.Day _ ->
                    naive.time(row).stream()
                            .map(time ->
                                    time.from().atZone(ZoneOffset.UTC).toLocalDate().toString())
                            .collect(Collectors.toSet());
            case Grouping.Type _ ->
                    NaiveReader.about(row).stream()
                            .flatMap(entity -> naive.profile(entity).stream())
                            .map(EntityProfile::type)
                            .map(type -> type.value())
                            .collect(Collectors.toSet());
            case Grouping.Cell(int precision) ->
                    naive.places(row).stream()
                            .map(place -> geohash(place, precision))
                            .collect(Collectors.toSet());
            case Grouping.Predicate _ ->
                    row instanceof Row.OfFact fact
                            ? Set.of(fact.version().predicate().value())
                            : Optional.<String>empty().stream().collect(Collectors.toSet());
        };
    }

    /// By halving, longitude first.
    private static String geohash(GeoPoint point, int precision) {
        double[] low = {-180, -90};
        double[] high = {180, 90};
        double[] at = {point.longitude(), point.latitude()};
        var hash = new StringBuilder();
        for (int letter = 0, axis = 0; letter < precision; letter++) {
            int bits = 0;
            for (int bit = 0; bit < 5; bit++, axis = 1 - axis) {
                double middle = (low[axis] + high[axis]) / 2;
                boolean upper = at[axis] >= middle;
                (upper ? low : high)[axis] = middle;
                bits = bits * 2 + (upper ? 1 : 0);
            }
            hash.append(LETTERS.charAt(bits));
        }
        return hash.toString();
    }
}
