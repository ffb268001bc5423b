package dev.palimpsest.query.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.question.Answer;
import dev.palimpsest.question.Constraint.Why;
import dev.palimpsest.question.Dimension;
import dev.palimpsest.question.Hit;
import dev.palimpsest.question.Hit.Found;
import dev.palimpsest.question.Question;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Hard constraints give exactly the rows a plain scan gives, at any position and valid time.
class HardConstraintsTest {

    private static final int WRITES = 220;
    private static final int QUESTIONS = 120;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void anAnswerIsWhatAScanOfAllRowsGives(long seed, @TempDir Path folder) {
        var world = new RandomWorld(seed, WRITES);
        int found = 0;
        try (var door = new ReadDoor(world.scribe(), folder, RandomWorld.NOW).follow()) {
            for (int number = 0; number < QUESTIONS; number++) {
                var question = world.question();
                var naive = new NaiveReader(world.scribe(), question, RandomWorld.NOW);
                var answer = door.ask(question);
                check(answer, naive.answer(), "seed " + seed + ", " + number + ": " + question);
                checkStrengths(answer, question, naive);
                found += answer.hits().size();
            }
        }
        assertThat(found).as("hits to all questions of seed %d", seed).isGreaterThan(QUESTIONS);
    }

    private static void check(Answer answer, Set<String> expected, String question) {
        if (expected.size() <= Question.MOST_HITS) {
            assertThat(names(answer)).as(question).containsExactlyInAnyOrderElementsOf(expected);
        } else {
            assertThat(expected).as(question).containsAll(names(answer));
        }
    }

    private static void checkStrengths(Answer answer, Question question, NaiveReader naive) {
        var causes = question.find(Why.CausesOf.class);
        var effects = question.find(Why.EffectsOf.class);
        for (var hit : answer.hits()) {
            if (hit.found() instanceof Found.OfEntity(var profile)
                    && causes.isPresent() != effects.isPresent()) {
                var strongest =
                        causes.isPresent()
                                ? naive.strongest(
                                        profile.entity(),
                                        causes.get().entity(),
                                        causes.get().hops())
                                : naive.strongest(
                                        effects.orElseThrow().entity(),
                                        profile.entity(),
                                        effects.orElseThrow().hops());
                assertThat(hit.by().get(Dimension.WHY)).isEqualTo(strongest.orElseThrow());
                assertThat(hit.path()).isNotEmpty();
            }
        }
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
