package dev.palimpsest.api.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.api.wire.FactBody;
import dev.palimpsest.api.wire.HitBody.CausalPathBody;
import dev.palimpsest.api.wire.HitBody.CausalStepBody;
import dev.palimpsest.api.wire.IntervalBody;
import dev.palimpsest.api.wire.PointBody;
import dev.palimpsest.api.wire.QualifiersBody.DelayBody;
import dev.palimpsest.api.wire.ValueBody;
import dev.palimpsest.api.wire.WireJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordingTest {

    @ParameterizedTest
    @CsvSource({
        "PT49H54M, 2 d 1 h 54 min",
        "PT43M50S, 43 min 50 s",
        "PT4.25S, 4.3 s",
        "PT0S, 0.0 s",
        "PT24H, 1 d"
    })
    void saysDurationsInTheUnitsPeopleUse(Duration duration, String words) {
        assertThat(Wording.duration(duration)).isEqualTo(words);
    }

    @Test
    void saysHowAnIntervalEnds() {
        assertThat(interval("2018-02-06T15:50:42Z", null))
                .isEqualTo("since 2018-02-06 15:50:42 UTC");
        assertThat(interval("2018-02-04T00:00:00Z", "2018-02-07T00:00:00Z"))
                .isEqualTo("2018-02-04 to 2018-02-07");
        assertThat(interval("2018-02-04T00:00:00Z", "unknown"))
                .isEqualTo("2018-02-04 until nobody knows when");
        assertThat(interval("2018-02-06T15:50:42.400Z", "2018-02-06T15:50:42.400001Z"))
                .isEqualTo("2018-02-06 15:50:42 UTC");
        assertThat(interval("-9999-01-01T00:00:00Z", null)).isEqualTo("always");
        assertThat(Wording.interval(null)).isEmpty();
    }

    private static String interval(String from, @Nullable String until) {
        return Wording.interval(new IntervalBody(from, until, null));
    }

    @Test
    void saysAFactInItsOwnWordsOrInThree() {
        var fact = "{'subject': 'a', 'predicate': 'p', 'object': {'entity': 'b'}%s}";
        assertThat(Wording.fact(read(fact.formatted(""), FactBody.class))).isEqualTo("a p b");
        assertThat(
                        Wording.fact(
                                read(
                                        fact.formatted(", 'statement': 'a led to b'"),
                                        FactBody.class)))
                .isEqualTo("a led to b");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'number': 6.4} | 6.4",
                "{'number': 6.40} | 6.4",
                "{'number': 20000000000000000000} | 20000000000000000000",
                "{'number': 2E+19} | 2.0E19",
                "{'boolean': true} | true",
                "{'instant': '2018-02-04T00:00:00Z'} | 2018-02-04T00:00:00Z",
                "{'geo': {'lat': 1, 'lon': 2.5}} | 1.000° N, 2.500° E",
                "{'json': 'text'} | text",
                "{'json': [1.50, null]} | [1.5,null]",
                "{'json': {'lat': 1, 'lon': 2.5}} | 1.000° N, 2.500° E"
            },
            quoteCharacter = '~')
    void saysAValueByItsKind(String object, String words) {
        assertThat(Wording.value(read(object, ValueBody.class))).isEqualTo(words);
    }

    @Test
    void saysPlacesByHemisphere() {
        assertThat(Wording.point(new PointBody(-20.758, -178.763)))
                .isEqualTo("20.758° S, 178.763° W");
        assertThat(Wording.point(null)).isEmpty();
    }

    @Test
    void saysAChainAndHowLikelyAllOfThemMakeTheEffect() {
        var path = new CausalPathBody(0.25, List.of(step("a", "b"), step("b", "c")));
        assertThat(Wording.path(path)).isEqualTo("a ledTo b ledTo c (strength 0.250)");
        assertThat(Wording.causalStep(path.steps().getFirst()))
                .isEqualTo("a ledTo b after 2 d 1 h 54 min (strength 0.500)");
        assertThat(Wording.probability(0.4375, null)).isEqualTo("all chains together: 0.438");
        assertThat(Wording.probability(0.5, 0.005)).isEqualTo("all chains together: 0.500 ± 0.005");
    }

    private static CausalStepBody step(String cause, String effect) {
        var delay = new DelayBody("PT49H54M", null);
        return new CausalStepBody(cause, "ledTo", effect, "f", 0.5, null, delay, List.of());
    }

    @Test
    void cutsLongTextsBetweenCharacters() {
        var cut = Wording.shortened("\uD83C\uDF0D".repeat(200));
        assertThat(cut.codePointCount(0, cut.length())).isEqualTo(160);
        assertThat(cut).endsWith("\uD83C\uDF0D…");
    }

    private static <T> T read(String text, Class<T> body) {
        try {
            return WireJson.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8), body);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
