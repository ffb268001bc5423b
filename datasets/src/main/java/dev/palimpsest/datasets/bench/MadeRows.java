package dev.palimpsest.datasets.bench;

import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Rows made up to be written: always new ones, the same in every run.
final class MadeRows {

    /// What they are, in words.
    static final String FACTS =
            "facts of one number, valid from one day on, eight predicates to a subject";

    static final int WORDS_OF_A_MEMORY = 45;

    private static final int FACTS_OF_A_SUBJECT = 8;
    private static final String[] WORDS = {
        "the",
        "a",
        "of",
        "in",
        "on",
        "after",
        "before",
        "near",
        "under",
        "and",
        "with",
        "was",
        "felt",
        "heard",
        "shook",
        "moved",
        "broke",
        "stood",
        "closed",
        "opened",
        "reported",
        "measured",
        "repaired",
        "strong",
        "weak",
        "old",
        "new",
        "deep",
        "coast",
        "harbour",
        "bridge",
        "river",
        "station",
        "school",
        "tower",
        "road",
        "morning",
        "evening",
        "night",
        "minutes",
        "people",
        "engineers",
        "wall",
        "water",
        "rock",
        "signal",
        "sensor",
        "train"
    };

    private final String prefix;
    private final RandomGenerator random;
    private long count;

    /// @param prefix sets the subjects of these rows apart from all others
    MadeRows(String prefix, long seed) {
        this.prefix = prefix;
        this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    /// One fact as JSON.
    byte[] fact() {
        return bytes(nextFact());
    }

    /// An array of so many facts.
    byte[] facts(int rows) {
        var array = new StringJoiner(",", "[", "]");
        for (int i = 0; i < rows; i++) {
            array.add(nextFact());
        }
        return bytes(array.toString());
    }

    /// An array of so many memories of [#WORDS_OF_A_MEMORY] words.
    byte[] memories(int rows) {
        var array = new StringJoiner(",", "[", "]");
        for (int i = 0; i < rows; i++) {
            array.add(nextMemory());
        }
        return bytes(array.toString());
    }

    private String nextFact() {
        long number = count++;
        return "{\"subject\":\""
                + prefix
                + number / FACTS_OF_A_SUBJECT
                + "\",\"predicate\":\"reading"
                + number % FACTS_OF_A_SUBJECT
                + "\",\"object\":{\"number\":"
                + random.nextInt(1_000_000) / 1_000.0
                + "},\"valid\":{\"from\":\"2018-02-04T00:00:00Z\"},\"source\":\"bench\"}";
    }

    private String nextMemory() {
        long number = count++;
        var text = new StringJoiner(" ");
        for (int i = 0; i < WORDS_OF_A_MEMORY; i++) {
            text.add(WORDS[random.nextInt(WORDS.length)]);
        }
        return "{\"id\":\""
                + prefix
                + number
                + "\",\"text\":\""
                + text
                + "\",\"occurred\":\"2018-02-04T00:00:00Z\",\"source\":\"bench\"}";
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
