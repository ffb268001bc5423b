package dev.palimpsest.query.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.Memory;
import dev.palimpsest.model.MemoryId;
import dev.palimpsest.model.PredicateName;
import dev.palimpsest.model.SourceId;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.model.Value;
import dev.palimpsest.query.ledger.Scribe;
import dev.palimpsest.question.Answer;
import dev.palimpsest.question.Constraint.What;
import dev.palimpsest.question.ContextQuestion;
import dev.palimpsest.question.Question;
import dev.palimpsest.question.Tokens;
import dev.palimpsest.time.Interval;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContextReaderTest {

    private static final SpaceId SPACE = new SpaceId("talk");
    private static final Instant MAY = Instant.parse("2023-05-08T13:56:00Z");
    private static final SourceId DESK = new SourceId("desk");

    private final Scribe scribe = new Scribe(SPACE);

    @TempDir private Path folder;
    private ReadDoor door;

    @BeforeEach
    void write() {
        door = new ReadDoor(scribe, folder, Instant.parse("2026-11-23T00:00:00Z"));
        scribe.say(
                new EntityId("bo"),
                new PredicateName("instrument"),
                new Value.Text("cello"),
                Interval.since(MAY),
                DESK);
        for (int i = 0; i < 30; i++) {
            keep("t" + i, "Which instrument did you buy in shop number " + i + "?");
        }
        door.follow();
    }

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void factsAndMemoriesAreThoseOfOnePosition() {
        var context = door.context(asked(1_000, true));

        assertThat(context.facts()).hasSize(1);
        assertThat(context.text()).contains("cello").contains("shop number 7");
        assertThat(context.explanation())
                .extracting(Answer.Step::name)
                .containsOnlyOnce("pin")
                .contains("recall", "read rows");
    }

    @Test
    void noMoreTokensAreToldThanThereIsRoomFor() {
        for (int tokens : new int[] {1, 20, 90, 500}) {
            var context = door.context(asked(tokens, true));
            assertThat(Tokens.of(context.text()))
                    .isEqualTo(context.tokens())
                    .isLessThanOrEqualTo(tokens);
            assertThat(context.items().size() + context.leftOut()).isEqualTo(30);
        }
    }

    @Test
    void aFactTellsItsBeginningIfItHasOne() {
        scribe.say(
                new EntityId("bo"),
                new PredicateName("home"),
                new Value.Text("Oslo"),
                Interval.ALWAYS,
                DESK);
        door.follow();

        var text = door.context(asked(1_000, true)).text();

        assertThat(text)
                .contains("bo instrument cello (since 2023-05-08)\n")
                .contains("bo home Oslo\n");
    }

    private static ContextQuestion asked(int tokens, boolean facts) {
        var question = Question.of(SPACE, new What.Text("Bo's instrument")).explained();
        return new ContextQuestion(question, tokens, facts);
    }

    private void keep(String id, String text) {
        scribe.keep(
                new Memory(
                        new MemoryId(id),
                        text,
                        Optional.of(MAY),
                        Optional.empty(),
                        Optional.of("s1"),
                        Optional.of("Ann"),
                        Optional.empty(),
                        List.of(),
                        DESK,
                        "{}"));
    }
}
