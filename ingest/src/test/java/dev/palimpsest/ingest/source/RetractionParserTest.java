package dev.palimpsest.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.model.FactId;
import dev.palimpsest.model.SourceId;
import dev.palimpsest.port.WriteItem.Retraction;
import dev.palimpsest.time.Interval;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetractionParserTest {

    private static final FactId FACT = FactId.parse("7f3a0000-0000-8000-8000-000000000001");

    @Test
    void aSourceTakesBackAPortionOfItsOwnWords() {
        var json =
                json(
                        "{'source': 'us', 'reason': 'misread', 'portion': {'from':"
                                + " '2018-02-06T00:00:00Z', 'until': '2018-02-07T00:00:00Z'}}");

        assertThat(RetractionParser.retraction(FACT, json).retraction())
                .isEqualTo(
                        new Retraction(
                                FACT,
                                Optional.of(
                                        Interval.between(
                                                Instant.parse("2018-02-06T00:00:00Z"),
                                                Instant.parse("2018-02-07T00:00:00Z"))),
                                Optional.of(new SourceId("us")),
                                "misread"));
    }

    @Test
    void everyonesWordsAreTakenBackOnlyWhenAskedFor() {
        assertThat(
                        RetractionParser.retraction(FACT, json("{'everyone': true, 'reason': 'r'}"))
                                .retraction()
                                .source())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {'reason': 'r'}                                   | source is whose words are taken back
                    {'reason': 'r', 'source': 's', 'everyone': true}  | source is whose words are taken back
                    {'source': 's'}                                   | reason is required
                    {'source': 's', 'reason': ' '}                    | reason must not be blank
                    {'source': 's', 'reason': 'r', 'portion': {}}     | portion.from is required
                    {'source': 's', 'reason': 'r', 'fact': {}}        | fact is not known here
                    """)
    void aBadRetractionIsRefusedByFieldAndRule(String json, String message) {
        assertThatThrownBy(() -> RetractionParser.retraction(FACT, json(json)))
                .isInstanceOf(InvalidField.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void aCorrectionTakesBackWhatTheSourceOfTheNewFactSaid() {
        var correction =
                RetractionParser.correction(
                        FACT,
                        json(
                                "{'reason': 'r', 'fact': {'subject': 'a', 'predicate': 'p',"
                                        + " 'object': {'number': 2}, 'source': 'us'}}"));

        assertThat(correction.retraction())
                .isEqualTo(
                        new Retraction(
                                FACT, Optional.empty(), Optional.of(new SourceId("us")), "r"));
        assertThat(correction.statement().object().canonical()).isEqualTo("2");
    }

    @Test
    void aBadFactInACorrectionIsNamedByItsPath() {
        var json = json("{'reason': 'r', 'fact': {'subject': 'a', 'recorded': 'now'}}");

        assertThatThrownBy(() -> RetractionParser.correction(FACT, json))
                .hasMessageStartingWith("fact.recorded is not known here");
    }

    private static JsonNode json(String text) {
        return StrictJson.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}
