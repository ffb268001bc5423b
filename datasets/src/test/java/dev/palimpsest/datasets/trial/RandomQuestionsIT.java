package dev.palimpsest.datasets.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.model.SpaceId;
import dev.palimpsest.query.run.AnswerCheck;
import dev.palimpsest.query.run.NaiveReader;
import dev.palimpsest.query.run.RandomWorld;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Random questions of both axes to the whole store - what the committer wrote into PostgreSQL and
/// every projection followed - give what a plain scan of the ledger's rows gives: facts, causal
/// ones too, memories, entities, and the strengths of chains.
class RandomQuestionsIT {

    private static final int WRITES = 220;

    /// `-Dpalimpsest.questions=10000` asks more of them.
    private static final int QUESTIONS = Integer.getInteger("palimpsest.questions", 200);

    private static final int QUESTIONS_OF_A_WORLD = 500;

    @Test
    void anAnswerIsWhatAScanOfTheLedgerGives(@TempDir Path folder) throws Exception {
        long seed = Long.getLong("palimpsest.seed", 1);
        int found = 0;
        try (var house = TrialHouse.open(folder, () -> RandomWorld.NOW)) {
            for (int asked = 0; asked < QUESTIONS; asked += QUESTIONS_OF_A_WORLD) {
                int many = Math.min(QUESTIONS_OF_A_WORLD, QUESTIONS - asked);
                found += ask(house, seed + asked / QUESTIONS_OF_A_WORLD, many);
            }
            house.assertVerified();
        }
        System.out.printf("random questions: seed %d, %d, %d hits%n", seed, QUESTIONS, found);
        assertThat(found).as("hits to all questions").isGreaterThan(QUESTIONS);
    }

    /// Makes a world in a space of its own and asks so many questions about it; gives how much was
    /// found.
    private static int ask(TrialHouse house, long seed, int questions) throws InterruptedException {
        var chronicle = new CommittedChronicle(house, new SpaceId("world-" + seed));
        var world = new RandomWorld(seed, WRITES, chronicle);
        house.awaitVisible();
        int found = 0;
        for (int number = 0; number < questions; number++) {
            var question = world.question();
            var words = "world " + seed + ", " + number + ": " + question;
            question.knownAt()
                    .ifPresent(moment ->
                            assertThat(house.ledger().positionAt(question.space(), moment))
                                    .as(words)
                                    .isEqualTo(chronicle.positionAt(moment)));
            var naive = new NaiveReader(chronicle, question, RandomWorld.NOW);
            var answer = house.reader().answer(question);
            AnswerCheck.that(answer, question, naive, words);
            found += answer.hits().size();
        }
        return found;
    }
}
