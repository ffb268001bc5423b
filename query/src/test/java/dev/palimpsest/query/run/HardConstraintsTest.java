package dev.palimpsest.query.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.question.Answer;
import dev.palimpsest.question.Constraint.What;
import dev.palimpsest.question.Constraint.Why;
import dev.palimpsest.question.Dimension;
import dev.palimpsest.question.Hit;
import dev.palimpsest.question.Hit.Found;
import dev.palimpsest.question.Question;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Hard constraints give exactly the rows a plain scan gives, at any position and valid time.
class HardConstraintsTest {

    private static final int WRITES = 220;
    private static final int SEEDS = 5;

    /// Questions of all seeds together: `-Dpalimpsest.questions=10000` asks more of them.
    private static final int QUESTIONS = Integer.getInteger("palimpsest.questions", 500);

    private static final int QUESTIONS_OF_A_WORLD = 250;
    private static final Offset<Double> CLOSE = within(1e-9);

    /// How far off an estimate by samples may be; its samples are the same in each run.
    private static final double STANDARD_ERRORS = 4;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void anAnswerIsWhatAScanOfAllRowsGives(long seed, @TempDir Path folder) {
        int found = 0;
        int asked = 0;
        while (asked < QUESTIONS / SEEDS) {
            int many = Math.min(QUESTIONS_OF_A_WORLD, QUESTIONS / SEEDS - asked);
            found += ask(seed + SEEDS * (long) asked, many, folder.resolve("world" + asked));
            asked += many;
        }
        System.out.printf("seed %d: %d questions, %d hits%n", seed, asked, found);
        assertThat(found).as("hits to all questions of seed %d", seed).isGreaterThan(asked);
    }

    /// Makes a world and asks so many questions about it; gives how much was found.
    private static int ask(long seed, int questions, Path folder) {
        var world = new RandomWorld(seed, WRITES);
        int found = 0;
        try (var door = new ReadDoor(world.scribe(), folder, RandomWorld.NOW).follow()) {
            for (int number = 0; number < questions; number++) {
                var question = world.question();
                var words = "world " + seed + ", " + number + ": " + question;
                var naive = new NaiveReader(world.scribe(), question, RandomWorld.NOW);
                var answer = door.ask(question);
                check(answer, question, naive.answer(), words);
                checkStrengths(answer, question, naive);
                checkQuantities(answer, question, naive);
                checkNeighbours(door, world, naive, words);
                found += answer.hits().size();
            }
        }
        return found;
    }

    /// Words order what passes, and leave out what has nothing to do with them.
    private static void check(
            Answer answer, Question question, Set<String> expected, String words) {
        if (question.find(What.Text.class).isEmpty() && expected.size() <= Question.MOST_HITS) {
            assertThat(names(answer)).as(words).containsExactlyInAnyOrderElementsOf(expected);
        } else {
            assertThat(expected).as(words).containsAll(names(answer));
        }
    }

    /// What is next to some entity as the question's times have it.
    private static void checkNeighbours(
            ReadDoor door, RandomWorld world, NaiveReader naive, String words) {
        var entity = world.entity();
        if (naive.knows(entity)) {
            assertThat(door.linked(entity, naive.holding(), naive.at()))
                    .as("next to %s in %s", entity, words)
                    .containsExactlyInAnyOrderElementsOf(naive.linked(entity));
        }
    }

    /// Of an answer to one why: how strong chains are, and how likely the effect is.
    private static void checkStrengths(Answer answer, Question question, NaiveReader naive) {
        var asked =
                question.constraints().stream()
                        .filter(Why.class::isInstance)
                        .map(Why.class::cast)
                        .toList();
        if (asked.size() != 1) {
            return;
        }
        var why = asked.getFirst();
        for (var hit : answer.hits()) {
            if (hit.found() instanceof Found.OfEntity(var profile)) {
                var strengths = naive.causes().strengths(profile.entity(), why);
                var best = strengths.stream().limit(why.paths()).toList();
                assertThat(hit.by().get(Dimension.WHY)).isCloseTo(best.getFirst(), CLOSE);
                assertThat(hit.paths()).as("%s: %s", question, hit).hasSize(best.size());
                for (int i = 0; i < best.size(); i++) {
                    assertThat(hit.paths().get(i).strength()).isCloseTo(best.get(i), CLOSE);
                }
                var likelihood = hit.likelihood().orElseThrow();
                var off = within(likelihood.standardError().orElse(0) * STANDARD_ERRORS + 1e-9);
                naive.causes()
                        .probability(profile.entity(), why)
                        .ifPresent(exact ->
                                assertThat(likelihood.probability())
                                        .as("%s: %s", question, hit)
                                        .isCloseTo(exact, off));
            }
        }
    }

    /// How near quantities are, where no words are judged with them.
    private static void checkQuantities(Answer answer, Question question, NaiveReader naive) {
        var wanted = question.find(What.Quantities.class).map(What.Quantities::wanted);
        if (wanted.isEmpty() || question.find(What.Text.class).isPresent()) {
            return;
        }
        boolean isFiltered =
                question.constraints().stream()
                        .anyMatch(one -> one instanceof What && one.isHard());
        for (var hit : answer.hits()) {
            var scores =
                    wanted.get().stream()
                            .flatMap(one ->
                                    NaiveQuantities.score(one, entities(hit), naive.counting())
                                            .stream()
                                            .boxed())
                            .toList();
            var by = Optional.ofNullable(hit.by().get(Dimension.WHAT));
            if (scores.isEmpty()) {
                assertThat(by)
                        .as("%s: %s", question, hit)
                        .isEqualTo(isFiltered ? Optional.of(1.0) : Optional.empty());
            } else {
                assertThat(by)
                        .as("%s: %s", question, hit)
                        .hasValueSatisfying(
                                score -> assertThat(score).isCloseTo(product(scores), CLOSE));
            }
        }
    }

    private static double product(List<Double> scores) {
        return scores.stream().reduce(1.0, (one, other) -> one * other);
    }

    private static List<EntityId> entities(Hit hit) {
        return switch (hit.found()) {
            case Found.OfEntity(var profile) -> List.of(profile.entity());
            case Found.OfFact(var version) -> List.of(version.subject());
            case Found.OfMemory(var memory) -> memory.mentions();
        };
    }

    private static Set<String> names(Answer answer) {
        var names = new TreeSet<String>();
        for (var hit : answer.hits()) {
            names.add(name(hit));
            hit.folded().forEach(folded -> names.add(name(folded)));
        }
        return names;
    }

    private static String name(Hit hit) {
        return switch (hit.found()) {
            case Found.OfEntity(var profile) -> "entity " + profile.entity();
            case Found.OfFact(var version) -> "fact " + version.id();
            case Found.OfMemory(var memory) -> "memory " + memory.id();
        };
    }
}
