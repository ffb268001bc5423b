package dev.palimpsest.query.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.query.ledger.Scribe;
import java.nio.file.Path;
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
        var scribe = new Scribe(RandomWorld.SPACE);
        var world = new RandomWorld(seed, WRITES, new ScribeChronicle(scribe));
        int found = 0;
        try (var door = new ReadDoor(scribe, folder, RandomWorld.NOW).follow()) {
            for (int number = 0; number < questions; number++) {
                var question = world.question();
                var words = "world " + seed + ", " + number + ": " + question;
                var naive = new NaiveReader(scribe, question, RandomWorld.NOW);
                var answer = door.ask(question);
                AnswerCheck.that(answer, question, naive, words);
                checkNeighbours(door, world, naive, words);
                found += answer.hits().size();
            }
        }
        return found;
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
}
