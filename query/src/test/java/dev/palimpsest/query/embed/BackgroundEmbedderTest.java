package dev.palimpsest.query.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palimpsest.port.Embedder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackgroundEmbedderTest {

    private static final int NICE_FIELD = 16;

    /// Spells a text out as its vector, and remembers how urgent the thread was.
    private static final class Spelling implements Embedder {

        final Set<Integer> niceness = ConcurrentHashMap.newKeySet();

        @Override
        public String model() {
            return "spelling";
        }

        @Override
        public int dimensions() {
            return 1;
        }

        @Override
        public byte[] embed(String text) {
            return embedAll(List.of(text)).getFirst();
        }

        @Override
        public List<byte[]> embedAll(List<String> texts) {
            niceness.add(ownNiceness());
            return texts.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
        }
    }

    private final Spelling model = new Spelling();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 7, 500})
    void givesVectorsInTheOrderOfTheTexts(int count) {
        var random = new Random(count);
        var texts = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            texts.add("x".repeat(random.nextInt(40)) + i);
        }
        try (var background = new BackgroundEmbedder(model)) {
            assertThat(background.embedAll(texts))
                    .containsExactlyElementsOf(new Spelling().embedAll(texts));
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void embedsManyBehindAllElseAndOneForWhoeverWaits() {
        try (var background = new BackgroundEmbedder(model)) {
            int own = ownNiceness();
            background.embed("one");
            assertThat(model.niceness).containsExactly(own);
            background.embedAll(List.of("one", "another"));
            assertThat(model.niceness)
                    .isEqualTo(new HashSet<>(List.of(own, Math.min(19, own + 10))));
        }
    }

    @Test
    void tellsWhyTheModelFailed() {
        var closed = new MiniLmEmbedder();
        closed.close();
        try (var background = new BackgroundEmbedder(closed)) {
            assertThatThrownBy(() -> background.embedAll(List.of("one", "another")))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("is closed");
        }
    }

    /// Of the thread that calls, as the kernel tells it.
    private static int ownNiceness() {
        try {
            var stat = Files.readString(Path.of("/proc/thread-self/stat"));
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return Integer.parseInt(fields[NICE_FIELD]);
        } catch (IOException e) {
            return 0; // no Linux
        }
    }
}
