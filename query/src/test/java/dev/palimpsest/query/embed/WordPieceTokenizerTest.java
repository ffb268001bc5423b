package dev.palimpsest.query.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The numbers expected here are those of the tokenizer the model was trained with.
class WordPieceTokenizerTest {

    private static final int START = 101;
    private static final int STOP = 102;
    private static final int UNKNOWN = 100;

    private static WordPieceTokenizer tokenizer;

    @BeforeAll
    static void read() throws IOException {
        try (var in =
                WordPieceTokenizerTest.class.getResourceAsStream(
                        "/all-minilm-l6-v2-q-tokenizer.json")) {
            tokenizer = WordPieceTokenizer.read(in);
        }
    }

    @Test
    void cutsWordsIntoTheLongestPiecesKnown() {
        assertThat(pieces("unaffable")).containsExactly(START, 14477, 20961, 3468, STOP);
    }

    @Test
    void setsPunctuationApart() {
        assertThat(pieces("Earthquake, 22km NNE of Hualian!"))
                .containsExactly(
                        START, 8372, 1010, 2570, 22287, 1050, 2638, 1997, 23064, 15204, 999, STOP);
        assertThat(pieces("don't e-mail a@b.c"))
                .containsExactly(
                        START, 2123, 1005, 1056, 1041, 1011, 5653, 1037, 1030, 1038, 1012, 1039,
                        STOP);
    }

    @Test
    void ignoresCaseAndAccents() {
        assertThat(pieces("Crème Brûlée in ZÜRICH")).isEqualTo(pieces("creme brulee in zurich"));
        assertThat(pieces("İstanbul ΟΔΟΣ"))
                .containsExactly(START, 9960, 1169, 29722, 29730, 29733, STOP);
    }

    @Test
    void takesEachChineseCharacterAsAWord() {
        assertThat(pieces("台灣 quake地震"))
                .containsExactly(START, UNKNOWN, UNKNOWN, 27785, 1802, UNKNOWN, STOP);
    }

    @Test
    void takesHangulApart() {
        assertThat(pieces("한국"))
                .containsExactly(START, 1469, 30006, 30021, 29991, 30014, 30020, STOP);
    }

    @Test
    void knowsNoEmojiButReadsOn() {
        assertThat(pieces("🌋 lava")).containsExactly(START, UNKNOWN, 13697, STOP);
    }

    @Test
    void dropsWhatCannotBeSeen() {
        assertThat(pieces("tsunami\u200bwarning \u0007bell"))
                .containsExactly(START, 19267, 9028, 5582, 4330, STOP);
        assertThat(pieces("")).containsExactly(START, STOP);
        assertThat(pieces("\u00a0\t\n")).containsExactly(START, STOP);
    }

    @Test
    void doesNotKnowWordsOfMoreThanAHundredCharacters() {
        assertThat(pieces("x".repeat(101))).containsExactly(START, UNKNOWN, STOP);
        assertThat(pieces("x".repeat(100))).hasSize(52).doesNotContain(UNKNOWN);
    }

    @Test
    void doesNotLetTextSpellSpecialPieces() {
        assertThat(pieces("a [SEP] b")).containsOnlyOnce(STOP);
    }

    @Test
    void cutsAtTheLimitAndStillEndsWell() {
        int[] all = pieces("one two three four five");
        int[] cut = tokenizer.pieces("one two three four five", 4);
        assertThat(cut).containsExactly(all[0], all[1], all[2], STOP);
        assertThat(tokenizer.pieces("word ".repeat(1_000_000), 256)).hasSize(256);
        assertThat(tokenizer.pieces("字".repeat(1_000_000), 256)).hasSize(256);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8})
    void readsWhateverItIsGiven(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            var text = new StringBuilder();
            int length = random.nextInt(60);
            for (int c = 0; c < length; c++) {
                text.append((char) random.nextInt(0x10000));
            }
            int[] pieces = tokenizer.pieces(text.toString(), 16);
            assertThat(pieces).hasSizeBetween(2, 16).startsWith(START).endsWith(STOP);
        }
    }

    @Test
    void refusesAFileWithoutVocabulary() {
        assertThatThrownBy(() -> read("{\"model\": {}}"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no vocabulary");
        assertThatThrownBy(() -> new WordPieceTokenizer(Map.of("[UNK]", 0, "[CLS]", 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[SEP]");
    }

    private static void read(String json) throws IOException {
        WordPieceTokenizer.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
    }

    private static int[] pieces(String text) {
        return tokenizer.pieces(text, 512);
    }
}
