package dev.palimpsest.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.palimpsest.space.GeoPoint;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ValueTest {

    private static final List<Value> ONE_OF_EACH =
            List.of(
                    new Value.Entity(new EntityId("us1000chhc")),
                    new Value.Text("ein Wort, 字"),
                    new Value.Numeric(new BigDecimal("6.40")),
                    new Value.Flag(true),
                    new Value.Moment(Instant.parse("2018-02-06T15:50:42.400001Z")),
                    new Value.Geo(new GeoPoint(24.1737, -121.653)),
                    new Value.Json("{\"a\":[1,2]}"));

    @Test
    void theCanonicalTextIsReadBack() {
        for (var value : ONE_OF_EACH) {
            assertThat(Value.parse(value.kind(), value.canonical())).isEqualTo(value);
        }
    }

    @Test
    void equalNumbersAreOneValueHoweverWritten() {
        assertThat(new Value.Numeric(new BigDecimal("6.40")))
                .isEqualTo(new Value.Numeric(new BigDecimal("6.4")))
                .isEqualTo(Value.Numeric.of(6.4));
        assertThat(new Value.Numeric(new BigDecimal("0.00")))
                .isEqualTo(new Value.Numeric(BigDecimal.ZERO));
    }

    @Test
    void numbersAreWrittenPlainlyUnlessTheyAreHuge() {
        assertThat(Value.Numeric.of(800).canonical()).isEqualTo("800");
        assertThat(new Value.Numeric(new BigDecimal("1e-7")).canonical()).isEqualTo("0.0000001");
        assertThat(new Value.Numeric(new BigDecimal("1e200")).canonical()).isEqualTo("1E+200");
    }

    @Test
    void aFactIsNamedByWhatItSays() {
        var space = new SpaceId("quakes");
        var subject = new EntityId("a");
        var predicate = new PredicateName("magnitude");
        var id = FactId.of(space, subject, predicate, Value.Numeric.of(6.4));

        assertThat(id).isEqualTo(FactId.of(space, subject, predicate, Value.Numeric.of(6.40)));
        assertThat(id.value().version()).isEqualTo(8);
        assertThat(id.value().variant()).isEqualTo(2);
        assertThat(id)
                .isNotEqualTo(FactId.of(space, subject, predicate, new Value.Text("6.4")))
                .isNotEqualTo(
                        FactId.of(new SpaceId("other"), subject, predicate, Value.Numeric.of(6.4)));
        assertThat(FactId.of(space, new EntityId("ab"), predicate, new Value.Text("c")))
                .isNotEqualTo(FactId.of(space, subject, predicate, new Value.Text("bc")));
    }

    @Test
    void namesThatCannotBeLabelsAreRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PredicateName("has space"))
                .withMessageContaining("has space");
        assertThatIllegalArgumentException().isThrownBy(() -> new EntityId(" "));
        assertThatIllegalArgumentException().isThrownBy(() -> new EntityId("a".repeat(201)));
        assertThatIllegalArgumentException().isThrownBy(() -> new EntityId("a\u0000b"));
        assertThatIllegalArgumentException().isThrownBy(() -> new SpaceId("../etc"));
    }
}
