package dev.palimpsest.query.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.palimpsest.model.Memory;
import dev.palimpsest.model.MemoryId;
import dev.palimpsest.model.SourceId;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.Reranker;
import dev.palimpsest.port.StoreException;
import dev.palimpsest.query.ledger.Scribe;
import dev.palimpsest.question.Constraint.What;
import dev.palimpsest.question.ContextQuestion;
import dev.palimpsest.question.Hit;
import dev.palimpsest.question.Kind;
import dev.palimpsest.question.Ordering;
import dev.palimpsest.question.Question;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrderingTest {

    private static final SpaceId SPACE = new SpaceId("notes");
    private static final Instant NOW = Instant.parse("2026-11-23T00:00:00Z");

    private final Scribe scribe = new Scribe(SPACE);

    @TempDir private Path folder;

    @Test
    void whatMeansTheSameAsABetterOneComesLater() {
        keep("n1", "the red cello of Bo");
        keep("n2", "the red cello of Bo, again");
        keep("n3", "a cello for sale in Bergen");
        try (var door = new ReadDoor(scribe, folder, NOW).follow()) {
            var question = asked("the red cello of Bo");

            assertThat(ids(door, question)).containsExactly("n1", "n2", "n3");
            assertThat(ids(door, question.ordered(new Ordering(.6, false))))
                    .containsExactly("n1", "n3", "n2");
            assertThat(scores(door, question.ordered(new Ordering(.6, false))))
                    .isEqualTo(scores(door, question));
        }
    }

    @Test
    void aContextTellsWhatMeansSomethingElseWhereThereIsLittleRoom() {
        keep("n1", "the red cello of Bo");
        keep("n2", "the red cello of Bo, again");
        keep("n3", "a cello for sale in Bergen");
        try (var door = new ReadDoor(scribe, folder, NOW).follow()) {
            var question = asked("the red cello of Bo");

            assertThat(told(door, question)).containsExactlyInAnyOrder("n1", "n2");
            assertThat(told(door, question.ordered(new Ordering(.6, false))))
                    .containsExactlyInAnyOrder("n1", "n3");
        }
    }

    @Test
    void theGradesOfARerankerDecide() {
        for (int i = 0; i < 60; i++) {
            keep("n" + i, "cello number " + i);
        }
        try (var door = reranked((_, texts) -> texts.stream().map(OrderingTest::number).toList())) {
            var usual = ids(door, asked("cello number 3"));
            var graded = ids(door, asked("cello number 3").ordered(new Ordering(0, true)));

            assertThat(graded).hasSameSizeAs(usual);
            var best = graded.subList(0, Reordering.MOST_RERANKED);
            assertThat(best)
                    .isSortedAccordingTo(
                            (one, other) -> Double.compare(number(other), number(one)));
            assertThat(graded.subList(best.size(), graded.size()))
                    .isEqualTo(usual.subList(best.size(), usual.size()));
        }
    }

    @Test
    void aRerankerThatDoesNotAnswerChangesNothingAndThatIsSaid() {
        keep("n1", "the red cello of Bo");
        keep("n2", "a cello for sale in Bergen");
        try (var door =
                reranked((_, _) -> {
                    throw new StoreException.Unavailable("the reranker is away");
                })) {
            var question = asked("the red cello of Bo");
            var answer = door.ask(question.ordered(new Ordering(0, true)));

            assertThat(answer.hits()).extracting(Hit::id).isEqualTo(ids(door, question));
            assertThat(answer.note().orElseThrow()).contains("not reranked", "is away");
        }
    }

    @Test
    void whereNoRerankerIsSetUpNoneCanBeAskedFor() {
        keep("n1", "the red cello of Bo");
        try (var door = new ReadDoor(scribe, folder, NOW).follow()) {
            var question = asked("cello").ordered(new Ordering(0, true));

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> door.ask(question))
                    .withMessageContaining("--rerank-url");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> door.context(new ContextQuestion(question, 100, false)))
                    .withMessageContaining("--rerank-url");
        }
    }

    private ReadDoor reranked(Reranker reranker) {
        return new ReadDoor(scribe, folder, NOW, Duration.ofMinutes(1), Optional.of(reranker))
                .follow();
    }

    private static double number(String text) {
        return Double.parseDouble(text.replaceAll("\\D+", ""));
    }

    private static List<String> ids(ReadDoor door, Question question) {
        return door.ask(question).hits().stream().map(Hit::id).toList();
    }

    private static List<Double> scores(ReadDoor door, Question question) {
        return door.ask(question).hits().stream().map(Hit::score).toList();
    }

    /// With room for two of them.
    private static List<String> told(ReadDoor door, Question question) {
        return door.context(new ContextQuestion(question, 24, false)).items().stream()
                .map(item -> item.memory().id().value())
                .toList();
    }

    private static Question asked(String words) {
        return Question.of(SPACE, new What.Text(words))
                .ofKinds(Set.of(Kind.MEMORY))
                .limitedTo(Question.MOST_HITS);
    }

    private void keep(String id, String text) {
        scribe.keep(
                new Memory(
                        new MemoryId(id),
                        text,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        new SourceId("desk"),
                        "{}"));
    }
}
