package dev.palimpsest.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.port.WriteResult.Refusal;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalTest {

    private final ItemParser parser = ItemParser.forWrites(() -> "made-up");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    'colour': 'red'                        | entity.colour      | is not known here; known are id, type
                    'type': 7                              | entity.type        | must be a string, but is 7
                    'type': 'quarry blast'                 | entity.type        | an entity type is named by
                    'id': ''                               | entity.id          | an id has 1 to 200 characters
                    'name': ' '                            | entity.name        | must not be blank
                    'name': 'a\\u0000b'                    | entity.name        | must not hold the character U+0000
                    'name': 'a\\ud800b'                    | entity.name        | must not hold the character U+D800
                    'aliases': 'Ann'                       | entity.aliases     | must be an array, but is "Ann"
                    'aliases': ['Ann', null]               | entity.aliases[1]  | must be a string, but is null
                    'place': [121.6, 24.1]                 | entity.place       | must be an object, but is an array
                    'place': {'lat': 91, 'lon': 0}         | entity.place.lat   | lat must lie between -90 and 90: 91.0
                    'place': {'lat': 1, 'lon': -180.1}     | entity.place.lon   | lon must lie between -180 and 180: -180.1
                    'place': {'lat': 1}                    | entity.place.lon   | is required
                    'place': {'lat': '1', 'lon': 2}        | entity.place.lat   | must be a number, but is "1"
                    'exists': {'until': null}              | entity.exists.from | is required
                    'exists': {'from': 'yesterday'}        | entity.exists.from | must be a moment such as
                    'exists': {'from': '2018-02-06'}       | entity.exists.from | must be a moment such as
                    'exists': {'from': '+12018-02-06T00:00:00Z'} | entity.exists.from | must lie between the years
                    'exists': {'from': '2018-02-06T00:00:00Z', 'until': '2018-02-05T00:00:00Z'} | entity.exists | an interval must end after it starts
                    'exists': {'from': '2018-02-06T00:00:00Z', 'until': '2018-02-06T00:00:00Z'} | entity.exists | an interval must end after it starts
                    'exists': {'from': '2018-02-06T00:00:00Z', 'atLatest': '2018-02-07T00:00:00Z'} | entity.exists.atLatest | goes only with
                    """)
    void anEntityIsRefusedByFieldAndRule(String field, String path, String rule) {
        assertRefused("{'entity': {'source': 's', %s}}".formatted(field), path, rule);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    'object': {'numbr': 6.4}                    | fact.object.numbr  | is not known here; known are entity, string, number
                    'object': {}                                | fact.object        | must have exactly one of the fields
                    'object': {'number': 6.4, 'string': 'x'}    | fact.object        | must have exactly one of the fields
                    'object': {'number': '6.4'}                 | fact.object.number | must be a number, but is "6.4"
                    'object': {'number': 1e400000000}           | fact.object.number | number has at most 60 digits
                    'object': {'number': null}                  | fact.object.number | is required
                    'object': {'json': 'text'}                  | fact.object.json   | must be an object or an array
                    'object': {'json': ['a\\u0000']}            | fact.object.json   | must not hold the character U+0000
                    'object': 6.4                               | fact.object        | must be an object, but is 6.4
                    'predicate': 'is a'                         | fact.predicate     | a predicate is named by
                    'confidence': 1.01                          | fact.confidence    | must lie between 0 and 1: 1.01
                    'strength': -0.1                            | fact.strength      | must lie between 0 and 1: -0.1
                    'delay': {'mean': '2 days'}                 | fact.delay.mean    | must be a duration such as
                    'delay': {'mean': 'PT-2H'}                  | fact.delay         | delay must not be negative
                    'evidence': {'offset': 3}                   | fact.evidence      | evidence needs a memory or a quote
                    'evidence': {'quote': 'q', 'offset': -1}    | fact.evidence.offset | must be a whole number from 0, but is -1
                    'evidence': {'quote': 'q', 'offset': 1.5}   | fact.evidence.offset | must be a whole number from 0, but is 1.5
                    'statement': ''                             | fact.statement     | must not be blank
                    'source': null                              | fact.source        | is required
                    """)
    void aFactIsRefusedByFieldAndRule(String field, String path, String rule) {
        var fact = StrictJson.MAPPER.createObjectNode();
        fact.put("subject", "a").put("predicate", "p").put("source", "s");
        fact.putObject("object").put("number", 1);
        fact.setAll((ObjectNode) json("{" + field + "}"));

        assertRefused(parser.parse(ItemKind.FACT, fact), path, rule);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    'text': ''                 | memory.text     | has 1 to 200000 characters
                    'text': 7                  | memory.text     | must be a string, but is 7
                    'text': 't', 'metadata': 7 | memory.metadata | must be an object, but is 7
                    'text': 't', 'metadata': {'a': {'b': '\\u0000'}} | memory.metadata.a.b | must not hold the character U+0000
                    'text': 't', 'mentions': [''] | memory.mentions[0] | an id has 1 to 200 characters
                    'text': 't', 'occurred': 5 | memory.occurred | must be a string, but is 5
                    """)
    void aMemoryIsRefusedByFieldAndRule(String fields, String path, String rule) {
        assertRefused("{'memory': {'source': 's', %s}}".formatted(fields), path, rule);
    }

    @Test
    void aLabelMayNotBeEndless() {
        assertRefused(
                "{'memory': {'source': 's', 'text': 't', 'agent': '%s'}}"
                        .formatted("a".repeat(201)),
                "memory.agent",
                "has at most 200 characters");
    }

    @Test
    void anEntityThatSaysNothingIsRefused() {
        assertRefused(
                "{'entity': {'id': 'a', 'source': 's', 'aliases': []}}", "entity", "says nothing");
    }

    @Test
    void theWrapperNamesExactlyOneKind() {
        assertRefused(
                "{'person': {}}", "person", "is not known here; known are entity, fact, memory");
        assertRefused(
                "{'entity': {}, 'fact': {}}", "", "must have exactly one of entity, fact, memory");
        assertRefused("{}", "", "must have exactly one of entity, fact, memory");
        assertRefused("[]", "", "must be an object, but is an array");
        assertRefused("{'fact': null}", "fact", "must be an object, but is null");
    }

    private void assertRefused(String json, String path, String rule) {
        assertRefused(parser.parse(json(json)), path, rule);
    }

    private static void assertRefused(Parsed parsed, String path, String rule) {
        assertThat(parsed).isInstanceOf(Parsed.Refused.class);
        Refusal refusal = ((Parsed.Refused) parsed).refusal();
        assertThat(refusal.reason()).isEqualTo(Refusal.Reason.INVALID);
        assertThat(refusal.field()).isEqualTo(path);
        assertThat(refusal.rule()).startsWith(rule);
    }

    private static JsonNode json(String text) {
        return StrictJson.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}
