package dev.palimpsest.query.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palimpsest.port.Deadline;
import dev.palimpsest.port.Projection.Checkpoint;
import dev.palimpsest.port.StoreException;
import dev.palimpsest.query.index.lucene.Filter;
import dev.palimpsest.query.index.lucene.LuceneTextIndex;
import dev.palimpsest.query.index.lucene.Order;
import dev.palimpsest.query.index.lucene.Selection;
import dev.palimpsest.query.ledger.InMemoryLedger;
import dev.palimpsest.query.ledger.Scribe;
import dev.palimpsest.question.Constraint.What;
import dev.palimpsest.question.Count;
import dev.palimpsest.question.Grouping;
import dev.palimpsest.question.Kind;
import dev.palimpsest.question.Question;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What takes longer than it may is given up, and nobody is interrupted.
class DeadlineTest {

    private static final Deadline PAST = Deadline.in(Duration.ofNanos(-1));

    private final Scribe scribe = new Scribe(RandomWorld.SPACE);

    @BeforeEach
    void write() {
        new RandomWorld(1, 200, new ScribeChronicle(scribe));
    }

    @TempDir private Path folder;

    @Test
    void aQuestionAndACountThatTakeTooLongAreGivenUp() {
        var question = Question.of(RandomWorld.SPACE, new What.Text("thing led to the other"));
        var everything = Question.of(RandomWorld.SPACE);
        var none = Duration.ofNanos(1);
        try (var door = new ReadDoor(scribe, folder, RandomWorld.NOW, none).follow()) {
            assertThatThrownBy(() -> door.ask(question))
                    .isInstanceOf(StoreException.TooSlow.class)
                    .hasMessageContaining("more narrowly");
            assertThatThrownBy(() -> door.ask(question.ofKinds(Set.of(Kind.MEMORY))))
                    .isInstanceOf(StoreException.TooSlow.class);
            assertThatThrownBy(() -> door.count(new Count(everything, new Grouping.Day(), 10)))
                    .isInstanceOf(StoreException.TooSlow.class);
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
    }

    /// Each way to search looks at the deadline by itself.
    @ParameterizedTest
    @MethodSource("searches")
    void noSearchGoesOnAfterIt(Search search) {
        try (var text = new LuceneTextIndex(folder)) {
            text.apply(scribe.rows(), new Checkpoint(InMemoryLedger.EPOCH, scribe.head()));
            search.of(text, new Selection(Filter.ANYTHING, scribe.head()));
            var late = new Selection(Filter.ANYTHING, scribe.head(), PAST);
            assertThatThrownBy(() -> search.of(text, late))
                    .isInstanceOf(StoreException.TooSlow.class);
        }
    }

    interface Search {
        void of(LuceneTextIndex text, Selection selection);
    }

    static Stream<Search> searches() {
        return Stream.of(
                (text, selection) -> text.search(RandomWorld.SPACE, "thing", selection, 10),
                (text, selection) ->
                        text.list(RandomWorld.SPACE, selection, new Order.Newest(), 10),
                (text, selection) -> text.count(RandomWorld.SPACE, selection),
                (text, selection) -> text.nodes(RandomWorld.SPACE, selection, Filter.Role.SELF),
                (text, selection) -> text.scan(RandomWorld.SPACE, selection, Set.of(), _ -> {}));
    }
}
