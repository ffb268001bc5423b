package dev.palimpsest.query.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.model.Memory;
import dev.palimpsest.model.MemoryId;
import dev.palimpsest.model.SourceId;
import dev.palimpsest.question.Context.Item;
import dev.palimpsest.question.Tokens;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackingTest {

    private static final Instant MAY = Instant.parse("2023-05-08T13:56:00Z");
    private static final Instant JUNE = Instant.parse("2023-06-01T09:00:00Z");

    @Test
    void whatBelongsTogetherStandsTogetherInTheOrderOfTime() {
        var packing = new Packing(1_000, "cello");
        packing.offer(memory("t4", "s2", JUNE, "Bo", "I play it daily"), .9, 4);
        packing.offer(memory("t2", "s1", MAY, "Bo", "A cello"), .8, 2);
        packing.offer(memory("t1", "s1", MAY, "Ann", "What did you buy?"), .7, 1);

        assertThat(packing.text())
                .isEqualTo(
                        """
                        2023-05-08:
                        Ann: What did you buy?
                        Bo: A cello
                        2023-06-01:
                        Bo: I play it daily
                        """);
    }

    @Test
    void theSameWordsAreNotToldTwice() {
        var packing = new Packing(1_000, "cello");
        packing.offer(memory("t1", "s1", MAY, "Bo", "A cello"), .9, 1);
        packing.offer(memory("t2", "s2", JUNE, "Bo", "a  CELLO "), .8, 2);

        assertThat(packing.items())
                .extracting(item -> item.memory().id().value())
                .containsOnly("t1");
        assertThat(packing.leftOut()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 30, 100, 1_000})
    void noMoreTokensAreToldThanThereIsRoomFor(int tokens) {
        var packing = new Packing(tokens, "cello");
        for (int i = 0; i < 40; i++) {
            packing.offer(memory("t" + i, "s" + i % 5, MAY, "Bo", "Cello number " + i), 1, i);
        }

        assertThat(Tokens.of(packing.text())).isLessThanOrEqualTo(tokens);
        assertThat(packing.items().size() + packing.leftOut()).isEqualTo(40);
    }

    @Test
    void ofALongTextThePartWithTheWordsIsToldWithItsOffset() {
        var text = "Nothing of note happened here. ".repeat(6_000) + "Then he bought a cello. ";
        var book = memory("m", "s", MAY, "Bo", text + "More of nothing. ".repeat(500));
        var packing = new Packing(1_000, "Who bought a cello?");
        packing.offer(book, 1, 1);

        Item item = packing.items().getFirst();
        assertThat(item.quote()).contains("Then he bought a cello.").hasSizeLessThan(1_201);
        assertThat(book.text().substring(item.offset())).startsWith(item.quote());
        assertThat(item.isWhole()).isFalse();
        assertThat(packing.text()).contains("... ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "🎻", "word ", "One sentence. ", "a line\n"})
    void partsOfATextAreAllOfIt(String unit) {
        var text = unit.repeat(3_000);
        List<Excerpt> parts = Excerpt.parts(text);

        assertThat(String.join("", parts.stream().map(Excerpt::quote).toList())).isEqualTo(text);
        assertThat(parts)
                .allSatisfy(part -> {
                    assertThat(part.quote().length()).isBetween(1, Excerpt.LONGEST);
                    assertThat(Character.isLowSurrogate(part.quote().charAt(0))).isFalse();
                });
    }

    private static Memory memory(
            String id, String session, Instant occurred, String speaker, String text) {
        return new Memory(
                new MemoryId(id),
                text,
                Optional.of(occurred),
                Optional.empty(),
                Optional.of(session),
                Optional.of(speaker),
                Optional.empty(),
                List.of(),
                new SourceId("desk"),
                "{}");
    }
}
