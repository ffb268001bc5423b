package dev.palimpsest.query.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MiniLmEmbedderTest {

    private static final MiniLmEmbedder EMBEDDER = new MiniLmEmbedder();

    @AfterAll
    static void close() {
        EMBEDDER.close();
    }

    @ParameterizedTest
    @CsvSource({
        "earthquake off the coast, strong quake near the shore, tax return",
        "she was promoted to chief executive, the board named a new CEO, the soup was too salty",
        "power outage in the data centre, the servers lost electricity, a walk in the park",
        "the vaccine lowered the number of cases, fewer people fell ill, guitar strings"
    })
    void putsLikeMeaningsNearerThanOthers(String text, String like, String unlike) {
        assertThat(cosine(EMBEDDER.embed(text), EMBEDDER.embed(like)))
                .isGreaterThan(cosine(EMBEDDER.embed(text), EMBEDDER.embed(unlike)) + .2);
    }

    @Test
    void givesDirectionsWhoseLargestComponentIs127() {
        byte[] vector = EMBEDDER.embed("M 6.4 - 22km NNE of Hualian, Taiwan");
        int largest = 0;
        for (byte component : vector) {
            largest = Math.max(largest, Math.abs(component));
        }
        assertThat(vector).hasSize(EMBEDDER.dimensions());
        assertThat(largest).isEqualTo(127);
    }

    @Test
    void embedsUntilItIsClosedThoughTheProcessWasToldToEnd(@TempDir Path folder) throws Exception {
        var said = folder.resolve("said");
        var process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-XX:ErrorFile=/dev/null",
                                "-cp",
                                System.getProperty("java.class.path"),
                                EndedWhileEmbedding.class.getName())
                        .redirectErrorStream(true)
                        .redirectOutput(said.toFile())
                        .start();
        if (!process.waitFor(5, TimeUnit.MINUTES)) {
            process.destroyForcibly();
        }
        assertThat(said).content().contains("embedded");
        assertThat(process.waitFor()).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void givesTheSameBytesAmongOthersAsAlone(long seed) {
        var random = new Random(seed);
        var texts = new ArrayList<String>();
        for (int i = 0; i < 40; i++) {
            texts.add(sentence(random, 1 + random.nextInt(60)));
        }
        assertThat(EMBEDDER.embedAll(texts))
                .containsExactlyElementsOf(texts.stream().map(EMBEDDER::embed).toList());
    }

    @Test
    void givesTheSameBytesForTheSameTextFromManyThreads() throws Exception {
        byte[] alone = EMBEDDER.embed("strong quake near the coast");
        try (var threads = Executors.newFixedThreadPool(4)) {
            var asked = new ArrayList<Future<byte[]>>();
            for (int i = 0; i < 40; i++) {
                asked.add(threads.submit(() -> EMBEDDER.embed("strong quake near the coast")));
            }
            for (var one : asked) {
                assertThat(one.get()).isEqualTo(alone);
            }
        }
    }

    @Test
    void readsOnlyTheBeginningOfAVeryLongText() {
        String start = "quake ".repeat(300);
        assertThat(EMBEDDER.embed(start + "tax return ".repeat(50_000)))
                .isEqualTo(EMBEDDER.embed(start));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "🌋🌊", "花蓮縣近海發生地震", "\u0000\uFFFD", "\uD800"})
    void givesADirectionForAnyText(String text) {
        assertThat(cosine(EMBEDDER.embed(text), EMBEDDER.embed(text))).isGreaterThan(.999);
    }

    @Test
    void embedsNoTextsAsNoVectors() {
        assertThat(EMBEDDER.embedAll(List.of())).isEmpty();
    }

    @Test
    void refusesToWorkOnceClosed() {
        var closed = new MiniLmEmbedder();
        closed.close();
        closed.close();
        assertThatThrownBy(() -> closed.embed("quake"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    private static String sentence(Random random, int words) {
        var vocabulary =
                "quake coast tax river Ana moved to the a of strong slow 22 km ceo".split(" ");
        var text = new StringBuilder();
        for (int i = 0; i < words; i++) {
            text.append(vocabulary[random.nextInt(vocabulary.length)]).append(' ');
        }
        return text.toString();
    }

    private static double cosine(byte[] one, byte[] other) {
        double dot = 0;
        double squares = 0;
        double otherSquares = 0;
        for (int i = 0; i < one.length; i++) {
            dot += one[i] * other[i];
            squares += one[i] * one[i];
            otherSquares += other[i] * other[i];
        }
        return dot / Math.sqrt(squares * otherSquares);
    }
}
