package dev.palimpsest.ingest.source;

import static dev.palimpsest.ingest.source.Readings.read;
import static dev.palimpsest.ingest.source.Readings.told;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextReaderTest {

    private static final String NOTES =
            """
            # Trip

            ## Monday
            We took the train.

            It rained.
            ```
            # no heading
            ```
            ## Tuesday ##

            Sun.
            """;

    @Test
    void whatStandsUnderOneHeadingIsOneMemoryWordForWord() throws IOException {
        assertThat(read(told("trip.md"), NOTES))
                .containsExactly(
                        "1 # Trip\n\n## Monday\nWe took the train.\n\nIt rained.\n```\n# no"
                                + " heading\n```",
                        "10 ## Tuesday ##\n\nSun.");
    }

    @Test
    void metadataSayWhereAPassageStandsAndUnderWhichHeadings() throws IOException {
        var memory = Readings.memory(pieces("trip.md", NOTES).getLast());

        assertThat(memory.session()).hasValue("trip.md");
        assertThat(memory.source().value()).isEqualTo("trip.md");
        assertThat(memory.metadata())
                .isEqualTo(
                        "{\"document\":\"trip.md\",\"headings\":[\"Trip\",\"Tuesday\"],"
                                + "\"length\":19,\"line\":10,\"offset\":"
                                + NOTES.indexOf("## Tue")
                                + "}");
    }

    @Test
    void plainTextHasNoHeadings() throws IOException {
        assertThat(read(told("trip.txt"), NOTES)).hasSize(1);
    }

    /// Whatever the text is like, every memory stands where its metadata say, and nothing but white
    /// space is left out.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13})
    void everyPassageStandsWhereItSaysAndNothingIsLost(long seed) throws IOException {
        var random = new Random(seed);
        var text = new StringBuilder();
        for (int i = 0; i < 400; i++) {
            text.append(
                    switch (random.nextInt(8)) {
                        case 0 -> "\n\n";
                        case 1 -> "\n# heading " + i + "\n";
                        case 2 -> "word".repeat(random.nextInt(1, 1_200)) + " ";
                        case 3 -> "\uD83C\uDF0D".repeat(random.nextInt(1, 900));
                        case 4 -> "\r\n";
                        default -> "A sentence of seven words, number " + i + ". ";
                    });
        }
        int from = 0;
        for (var piece : pieces("a.md", text.toString())) {
            var memory = Readings.memory(piece);
            var metadata = StrictJson.read(memory.metadata().getBytes(StandardCharsets.UTF_8));
            int offset = metadata.path("offset").asInt();
            assertThat(text.substring(from, offset)).as("seed %d", seed).isBlank();
            from = offset + metadata.path("length").asInt();
            assertThat(text.substring(offset, from)).as("seed %d", seed).isEqualTo(memory.text());
            assertThat(memory.text()).hasSizeLessThanOrEqualTo(TextReader.LONGEST_PASSAGE);
            assertThat(metadata.path("line").asLong())
                    .isEqualTo(
                            1 + text.substring(0, offset).chars().filter(c -> c == '\n').count());
        }
        assertThat(text.substring(from)).isBlank();
    }

    @Test
    void aLongParagraphIsSplitBetweenSentences() throws IOException {
        var sentences = "The train was late again today. ".repeat(200);

        assertThat(pieces("a.txt", sentences))
                .hasSizeGreaterThan(3)
                .allSatisfy(piece -> assertThat(piece.text()).startsWith("The").endsWith("today."));
    }

    @Test
    void whatIsNotUtf8EndsReadingAndWhatCameBeforeIsKept() throws IOException {
        var bytes = "Good.\n\nCaf\u00e9.\nMore.\n".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(read(told("a.txt"), bytes))
                .satisfiesExactly(
                        one -> assertThat(one).isEqualTo("1 Good."),
                        two ->
                                assertThat(two)
                                        .startsWith("3 : is not UTF-8 at byte 4 (0xE9)")
                                        .contains("nothing after it was read"));
    }

    @Test
    void aBookWithoutALineFeedIsReadInPassages() throws IOException {
        var pieces = Readings.pieces(told("a.md"), new Endless('#', 8_000_000));
        assertThat(pieces).hasSize(8_000_000 / TextReader.LONGEST_PASSAGE + 1);
        assertThat(Readings.pieces(told("a.txt"), new Endless('\n', 8_000_000))).isEmpty();
    }

    @Test
    void aLineOfAHundredMegabytesIsRefused() throws IOException {
        var pieces = Readings.pieces(told("a.txt"), new Endless('x', 100_000_000));
        assertThat(pieces.stream().map(Readings::shown).collect(Collectors.joining()))
                .startsWith("1 : a line has at most");
    }

    private static List<ItemReader.Piece> pieces(String name, String text) throws IOException {
        return Readings.pieces(
                told(name), new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }
}
