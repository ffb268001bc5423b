package dev.palimpsest.ingest.source;

import static dev.palimpsest.ingest.source.Readings.read;
import static dev.palimpsest.ingest.source.Readings.told;
import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.model.Memory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChatReaderTest {

    @Test
    void linesAreMessagesAndALineWithoutASpeakerGoesOn() throws IOException {
        var talk =
                """
                hello?
                [2023-05-08 13:56] Ann: Hi Bob, see http://example.org
                and this: it goes on
                  with more

                2023-05-08T13:57:00+02:00 Bob Ray Jr: fine
                [00:12:31] Ann:
                bye
                """;
        assertThat(read(told("talk.chat"), talk))
                .containsExactly(
                        "1 : is no line such as 'Ann: hello' or '[2023-05-08 13:56] Ann: hello'",
                        "2 Ann: Hi Bob, see http://example.org",
                        "3 and this: it goes on\n  with more",
                        "6 Bob Ray Jr: fine",
                        "7 Ann: bye");
    }

    @Test
    void aMessageKnowsItsSessionItsMomentAndItsOrder() throws IOException {
        var pieces = pieces("talk.chat", "[2023-05-08 13:56] Ann: Hi\n[00:12:31] Bob: Hm\n");
        var first = Readings.memory(pieces.getFirst());
        assertThat(first.session()).hasValue("talk.chat");
        assertThat(first.occurred()).hasValue(Instant.parse("2023-05-08T13:56:00Z"));
        assertThat(Readings.memory(pieces.getLast()).metadata())
                .isEqualTo(
                        "{\"document\":\"talk.chat\",\"line\":2,\"order\":2,\"time\":\"00:12:31\"}");
    }

    @Test
    void messagesOfJsonAreRead() throws IOException {
        var talk =
                """
                {"title": "x", "messages": [
                  {"role": "user", "content": "hi", "timestamp": 1683554160},
                  {"speaker": "Ann", "text": "hello", "timestamp": "2023-05-08T13:57:00Z"},
                  {"role": "assistant", "content": [{"type": "text", "text": "a"}, {"type": "image"}, "b"]},
                  {"role": "assistant", "content": 7},
                  {"role": "tool", "content": ""}]}
                """;
        assertThat(read(told("talk.json"), talk))
                .containsExactly(
                        "1 user: hi",
                        "2 Ann: hello",
                        "3 assistant: a\n\nb",
                        "4 text: must be a string, but is 7");
        assertThat(Readings.memory(pieces("talk.json", talk).getFirst()).occurred())
                .hasValue(Instant.parse("2023-05-08T13:56:00Z"));
    }

    @Test
    void whereJsonBreaksReadingEndsByNumber() throws IOException {
        assertThat(read(told("talk.json"), "[{\"role\": \"user\", \"content\": \"hi\"}, {oops]"))
                .satisfiesExactly(
                        one -> assertThat(one).isEqualTo("1 user: hi"),
                        two ->
                                assertThat(two)
                                        .startsWith("2 : is not JSON")
                                        .endsWith("nothing after it was read"));
    }

    @Test
    void aMessageLongerThanAMemoryBecomesSeveralWithOffsets() throws IOException {
        var pieces = pieces("talk.chat", "Ann: " + "It rained again. ".repeat(20_000) + "\n");
        assertThat(pieces).hasSize(2);
        assertThat(Readings.memory(pieces.getLast()).metadata()).contains("\"offset\":1999");
    }

    private static List<ItemReader.Piece> pieces(String name, String text) throws IOException {
        return Readings.pieces(
                told(name), new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void everyPartOfALongMessageSaysWhereItBegins() throws IOException {
        var words = new StringBuilder("It rained.");
        for (int i = 0; words.length() < 5 * Memory.LONGEST_TEXT; i++) {
            words.append("\n  line ").append(i).append(" of a long talk");
        }
        var data = ("Ann: " + words + "\nBob: Yes.").getBytes(StandardCharsets.UTF_8);
        var pieces = Readings.pieces(told("a.chat"), new ByteArrayInputStream(data));
        assertThat(pieces).hasSizeGreaterThan(5);
        int from = 0;
        for (var piece : pieces.subList(0, pieces.size() - 1)) {
            var memory = Readings.memory(piece);
            var metadata = StrictJson.read(memory.metadata().getBytes(StandardCharsets.UTF_8));
            int offset = metadata.path("offset").asInt();
            assertThat(words.substring(from, offset)).isBlank();
            from = offset + memory.text().length();
            assertThat(words.substring(offset, from)).isEqualTo(memory.text());
        }
        assertThat(words.substring(from)).isBlank();
        assertThat(Readings.memory(pieces.getLast()).metadata()).doesNotContain("offset");
    }
}
