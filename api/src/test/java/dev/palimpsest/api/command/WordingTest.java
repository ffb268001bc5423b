package dev.palimpsest.api.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
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
        assertThat(Wording.interval(json("{'from': '2018-02-06T15:50:42Z', 'until': null}")))
                .isEqualTo("since 2018-02-06 15:50:42 UTC");
        assertThat(
                        Wording.interval(
                                json(
                                        "{'from': '2018-02-04T00:00:00Z', 'until':"
                                                + " '2018-02-07T00:00:00Z'}")))
                .isEqualTo("2018-02-04 to 2018-02-07");
        assertThat(Wording.interval(json("{'from': '2018-02-04T00:00:00Z', 'until': 'unknown'}")))
                .isEqualTo("2018-02-04 until nobody knows when");
        assertThat(
                        Wording.interval(
                                json(
                                        "{'from': '2018-02-06T15:50:42.400Z', 'until':"
                                                + " '2018-02-06T15:50:42.400001Z'}")))
                .isEqualTo("2018-02-06 15:50:42 UTC");
        assertThat(Wording.interval(json("{'from': '-9999-01-01T00:00:00Z', 'until': null}")))
                .isEqualTo("always");
    }

    @Test
    void saysAFactInItsOwnWordsOrInThree() {
        assertThat(
                        Wording.fact(
                                json(
                                        "{'subject': 'a', 'predicate': 'magnitude', 'object':"
                                                + " {'number': 6.4}}")))
                .isEqualTo("a magnitude 6.4");
        assertThat(
                        Wording.fact(
                                json(
                                        "{'subject': 'a', 'predicate': 'p', 'object': {'entity':"
                                                + " 'b'}, 'statement': 'a led to b'}")))
                .isEqualTo("a led to b");
    }

    @Test
    void saysPlacesByHemisphere() {
        assertThat(Wording.point(json("{'lat': -20.758, 'lon': -178.763}")))
                .isEqualTo("20.758° S, 178.763° W");
    }

    @Test
    void saysAChainAndHowLikelyAllOfThemMakeTheEffect() {
        assertThat(
                        Wording.path(
                                json(
                                        "{'strength': 0.25, 'steps': [{'cause': 'a', 'predicate':"
                                                + " 'ledTo', 'effect': 'b'}, {'cause': 'b',"
                                                + " 'predicate': 'ledTo', 'effect': 'c'}]}")))
                .isEqualTo("a ledTo b ledTo c (strength 0.250)");
        assertThat(Wording.probability(json("{'probability': 0.4375}")))
                .isEqualTo("all chains together: 0.438");
        assertThat(Wording.probability(json("{'probability': 0.5, 'standardError': 0.005}")))
                .isEqualTo("all chains together: 0.500 ± 0.005");
    }

    @Test
    void cutsLongTextsBetweenCharacters() {
        var cut = Wording.shortened("\uD83C\uDF0D".repeat(200));
        assertThat(cut.codePointCount(0, cut.length())).isEqualTo(160);
        assertThat(cut).endsWith("\uD83C\uDF0D…");
    }

    private static JsonNode json(String text) {
        try {
            return JsonMapper.builder().build().readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
