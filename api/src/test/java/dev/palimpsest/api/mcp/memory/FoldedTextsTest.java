package dev.palimpsest.api.mcp.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.model.EntityId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FoldedTextsTest {

    private static final int ENTITIES = 1_500;
    private static final int CHANGES = 6_000;

    private final FoldedTexts texts = new FoldedTexts();
    private final Map<EntityId, String> model = new LinkedHashMap<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void findsWhatLookingAtEachFindsInTheOrderTheyCame(long seed) {
        var random = new Random(seed);
        for (int change = 0; change < CHANGES; change++) {
            change(random, new EntityId("e" + random.nextInt(ENTITIES)));
            if (change % 50 == 0) {
                for (var part : new String[] {"", "a", "ab", word(random), "я", "b\0", "zzz"}) {
                    assertThat(texts.having(part))
                            .as("seed %d, '%s'", seed, part)
                            .isEqualTo(
                                    model.entrySet().stream()
                                            .filter(one ->
                                                    part.indexOf(FoldedTexts.END) < 0
                                                            && one.getValue().contains(part))
                                            .map(Map.Entry::getKey)
                                            .toList());
                }
            }
        }
    }

    private void change(Random random, EntityId entity) {
        if (random.nextInt(3) == 0) {
            texts.remove(entity);
            model.remove(entity);
        } else {
            var text = word(random) + FoldedTexts.END + word(random);
            texts.put(entity, text);
            model.put(entity, text);
        }
    }

    private static String word(Random random) {
        var word = new StringBuilder();
        for (int left = random.nextInt(4); left > 0; left--) {
            word.append("aby я".charAt(random.nextInt(5)));
        }
        return word.toString();
    }
}
