package dev.palimpsest.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TimeOrderedIdsTest {

    private static final Instant START = Instant.parse("2018-02-06T15:50:42.400Z");

    @Test
    void idsSortByTheMillisecondOfTheirMaking() {
        var earlier = new TimeOrderedIds(() -> START, new Random(1)).get();
        var later = new TimeOrderedIds(() -> START.plusMillis(1), new Random(2)).get();

        assertThat(earlier).isLessThan(later);
        assertThat(UUID.fromString(earlier).version()).isEqualTo(7);
        assertThat(UUID.fromString(earlier).variant()).isEqualTo(2);
        assertThat(UUID.fromString(earlier).getMostSignificantBits() >>> 16)
                .isEqualTo(START.toEpochMilli());
    }

    @Test
    void idsOfOneMillisecondDiffer() {
        var ids = new TimeOrderedIds(() -> START, new Random(3));

        assertThat(Stream.generate(ids).limit(10_000)).doesNotHaveDuplicates();
    }
}
