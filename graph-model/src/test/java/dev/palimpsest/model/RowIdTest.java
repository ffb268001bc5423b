package dev.palimpsest.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.time.Position;
import dev.palimpsest.time.Stamp;
import java.time.Instant;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

class RowIdTest {

    @Test
    void isUniqueInTheLedgerAndAVersionSevenUuid() {
        var seen = new HashSet<RowId>();
        var at = Instant.parse("2026-01-01T00:00:00Z");
        for (int position = 1; position <= 50; position++) {
            for (int ordinal = 0; ordinal < 9_000; ordinal += 100) {
                var id = RowId.of(new Stamp(new Position(position), at), ordinal);
                assertThat(seen.add(id)).isTrue();
                assertThat(id.value().version()).isEqualTo(7);
                assertThat(id.value().variant()).isEqualTo(2);
            }
        }
    }

    @Test
    void sortsByRecordedTime() {
        var early = RowId.of(new Stamp(new Position(9), Instant.parse("2018-01-01T00:00:00Z")), 5);
        var late = RowId.of(new Stamp(new Position(1), Instant.parse("2019-01-01T00:00:00Z")), 0);

        assertThat(early.toString()).isLessThan(late.toString());
    }
}
