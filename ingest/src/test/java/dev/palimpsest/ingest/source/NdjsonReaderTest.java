package dev.palimpsest.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.palimpsest.port.WriteItem.Action.KeepMemory;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NdjsonReaderTest {

    private static final String GOOD =
            "{\"memory\": {\"id\": \"%s\", \"text\": \"t\", \"source\": \"s\"}}";

    @Test
    void badLinesAreRefusedByNumberWhileTheOthersGoIn() throws IOException {
        var lines =
                String.join(
                        "\n",
                        GOOD.formatted("a"),
                        "{\"memory\": {\"text\": \"t\"",
                        "",
                        "  \r",
                        "{\"memory\": {\"text\": 7, \"source\": \"s\"}}\r",
                        GOOD.formatted("b") + " {}",
                        "{\"memory\": {\"id\": \"a\", \"id\": \"b\", \"text\": \"t\", \"source\": \"s\"}}",
                        GOOD.formatted("c"));

        assertThat(read(lines.getBytes(StandardCharsets.UTF_8)))
                .containsExactly(
                        "1 a",
                        "2 : is not JSON at column 24: it ends in the middle",
                        "5 memory.text: must be a string, but is 7",
                        "6 : has more than one JSON value",
                        "7 : is not JSON at column 28: an object has the key 'id' twice",
                        "8 c");
    }

    @Test
    void whatIsNotUtf8IsRefused() throws IOException {
        byte[] line = GOOD.formatted("é").getBytes(StandardCharsets.ISO_8859_1);

        assertThat(read(line)).singleElement(STRING).startsWith("1 : is not UTF-8 at byte ");
    }

    @Test
    void depthIsBounded() throws IOException {
        var deep = "[".repeat(100_000);

        assertThat(read(deep.getBytes(StandardCharsets.UTF_8)))
                .singleElement()
                .asString()
                .contains("at most 64 levels of depth");
    }

    @Test
    void anEndlessLineIsSkippedWithoutBeingKept() throws IOException {
        long length = 300L * 1024 * 1024;
        var in =
                new SequenceInputStream(
                        new Zeros(length),
                        new ByteArrayInputStream(
                                ("\n" + GOOD.formatted("next")).getBytes(StandardCharsets.UTF_8)));

        assertThat(read(in)).containsExactly("1 : a line has at most 2097152 bytes", "2 next");
    }

    @Test
    void theLongestLineIsRead() throws IOException {
        var line = GOOD.formatted("a");
        var padded = line + " ".repeat(NdjsonReader.LONGEST_LINE - line.length());

        assertThat(read(padded.getBytes(StandardCharsets.UTF_8))).containsExactly("1 a");
        assertThat(read((padded + " ").getBytes(StandardCharsets.UTF_8)))
                .containsExactly("1 : a line has at most 2097152 bytes");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8})
    void howTheBytesArriveDoesNotMatter(long seed) throws IOException {
        var random = new Random(seed);
        var text = new StringBuilder();
        var expected = new ArrayList<String>();
        for (int i = 1; i <= 500; i++) {
            boolean blank = random.nextInt(5) == 0;
            var id = "é" + i + "x".repeat(random.nextInt(150));
            text.append(blank ? " \t" : GOOD.formatted(id)).append('\n');
            if (!blank) {
                expected.add(i + " " + id);
            }
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);

        assertThat(read(new Trickle(bytes, random))).isEqualTo(expected).isEqualTo(read(bytes));
    }

    private static List<String> read(byte[] bytes) throws IOException {
        return read(new ByteArrayInputStream(bytes));
    }

    private static List<String> read(InputStream in) throws IOException {
        var found = new ArrayList<String>();
        try (var reader = new NdjsonReader(in, ItemParser.forWrites(() -> "made-up"))) {
            for (var next = reader.next(); next.isPresent(); next = reader.next()) {
                found.add(next.get().number() + " " + shown(next.get().parsed()));
            }
        }
        return found;
    }

    private static String shown(Parsed parsed) {
        return switch (parsed) {
            case Parsed.Item(var item) -> ((KeepMemory) item.action()).memory().id().value();
            case Parsed.Refused(var refusal) ->
                    refusal.field() + ": " + refusal.rule().split(": expected", 2)[0];
        };
    }

    /// Gives its bytes a few at a time.
    private static final class Trickle extends FilterInputStream {
        private final Random random;

        Trickle(byte[] bytes, Random random) {
            super(new ByteArrayInputStream(bytes));
            this.random = random;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            return super.read(buffer, offset, Math.min(length, 1 + random.nextInt(300)));
        }
    }

    /// So many zeros.
    private static final class Zeros extends InputStream {
        private long left;

        Zeros(long count) {
            left = count;
        }

        @Override
        public int read() {
            return left-- > 0 ? '0' : -1;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            if (left <= 0) {
                return -1;
            }
            int count = (int) Math.min(left, length);
            Arrays.fill(buffer, offset, offset + count, (byte) '0');
            left -= count;
            return count;
        }
    }
}
