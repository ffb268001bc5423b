package dev.palimpsest.relational;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PgEmbeddingsTest {

    private static Database database;
    private static PgEmbeddings embeddings;

    @BeforeAll
    static void open() {
        database = TestDatabases.fresh();
        embeddings = new PgEmbeddings(database.dataSource());
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 999, 1_000, 1_001, 2_500})
    void givesBackEveryVectorBitForBit(int count) {
        String model = "m" + count;
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(count);
        Map<String, byte[]> vectors = vectors(count, random);
        embeddings.keep(model, vectors);
        List<String> asked = new ArrayList<>(vectors.keySet());
        asked.add("never embedded");
        var found = embeddings.find(model, asked);
        assertThat(found.keySet()).isEqualTo(vectors.keySet());
        vectors.forEach((text, vector) -> assertThat(found.get(text)).isEqualTo(vector));
    }

    @Test
    void knowsNothingOfOtherModels() {
        embeddings.keep("one", Map.of("text", new byte[] {1}));
        assertThat(embeddings.find("other", List.of("text"))).isEmpty();
        assertThat(embeddings.find("one", List.of())).isEmpty();
    }

    @Test
    void keepsTheFirstVectorOfAText() {
        embeddings.keep("first", Map.of("text", new byte[] {1, 2}));
        embeddings.keep("first", Map.of("text", new byte[] {3, 4}));
        assertThat(embeddings.find("first", List.of("text")).get("text"))
                .isEqualTo(new byte[] {1, 2});
    }

    @Test
    void letsManyKeepTheSameAtOnce() {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
        Map<String, byte[]> vectors = vectors(500, random);
        var keepers = new ArrayList<CompletableFuture<Void>>();
        for (int i = 0; i < 4; i++) {
            keepers.add(CompletableFuture.runAsync(() -> embeddings.keep("many", vectors)));
        }
        keepers.forEach(CompletableFuture::join);
        assertThat(embeddings.find("many", vectors.keySet())).hasSize(500);
    }

    private static Map<String, byte[]> vectors(int count, RandomGenerator random) {
        Map<String, byte[]> vectors = new HashMap<>();
        for (int i = 0; i < count; i++) {
            var vector = new byte[384];
            random.nextBytes(vector);
            vectors.put("text " + i, vector);
        }
        return vectors;
    }
}
