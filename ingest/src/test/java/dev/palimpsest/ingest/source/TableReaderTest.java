package dev.palimpsest.ingest.source;

import static dev.palimpsest.ingest.source.Readings.read;
import static dev.palimpsest.ingest.source.Readings.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.palimpsest.port.WriteItem.Action.AssertFact;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableReaderTest {

    private static final String AIRPORTS =
            """
            {'entity': {'id': {'from': '~id'}, 'type': {'from': 'kind', 'words': {'airport': 'Airport'}},
              'name': {'from': 'desc'}, 'place': {'lat': {'from': 'lat'}, 'lon': {'from': 'lon'}},
              'source': {'text': 'routes'},
              'facts': [{'predicate': 'runways', 'kind': 'number', 'from': 'runways'},
                        {'predicate': 'country', 'kind': 'entity', 'from': 'country'}]}}
            """;

    private static final String JOBS =
            """
            {'delimiter': ';', 'fact': {'subject': {'from': 'who'}, 'predicate': {'text': 'worksFor'},
              'object': {'kind': 'entity', 'from': 'where'}, 'from': {'from': 'since', 'unit': 'date'},
              'until': {'from': 'to', 'unit': 'year'}, 'confidence': {'from': 'sure'}, 'source': {'text': 'hr'}}}
            """;

    @Test
    void aRowIsAnEntityWithFactsAndAPlace() throws IOException {
        var table =
                """
                ~id,kind,desc,runways,country,lat,lon
                1,airport,"Hartsfield, ""Atlanta""\",5,US,33.63,-84.42

                2,airport,Nowhere,,,,
                """;

        assertThat(read(told("nodes.csv", AIRPORTS), table))
                .containsExactly(
                        "2 1 [type=Airport, name=Hartsfield, \"Atlanta\", place=33.63,-84.42,"
                                + " runways=5, country=US]",
                        "4 2 [type=Airport, name=Nowhere]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n"})
    void aTableWithoutColumnsIsRefused(String empty) throws IOException {
        assertThat(read(told("nodes.csv", AIRPORTS), empty))
                .singleElement(STRING)
                .endsWith(" : is empty, where the columns must be named");
    }

    @Test
    void aRowIsAFactHeldToTheEndOfItsLastYear() throws IOException {
        var table =
                "who;where;since;to;sure\nann;acme;2010-03-01;2014;0.9\nbob;acme;2010-03-01;;\n";
        var pieces =
                Readings.pieces(
                        told("jobs.csv", JOBS),
                        new ByteArrayInputStream(table.getBytes(StandardCharsets.UTF_8)));

        var fact = ((AssertFact) ((Parsed.Item) pieces.getFirst().parsed()).item().action());
        assertThat(fact.statement().valid().toString())
                .contains("2010-03-01T00:00:00Z")
                .contains("2015-01-01T00:00:00Z");
        assertThat(fact.statement().qualifiers().confidence()).hasValue(0.9);
        assertThat(Readings.shown(pieces.getLast())).isEqualTo("3 bob worksFor=acme said by hr");
    }

    @Test
    void aRowIsAMemoryWithTheSameIdWhenReadAgain() throws IOException {
        var mapping =
                """
                {'memory': {'text': {'from': 'note'}, 'occurred': {'from': 'when'}, 'speaker': {'from': 'who'},
                  'mentions': [{'from': 'about'}], 'metadata': {'tag': {'from': 'tag'}}, 'source': {'text': 'desk'}}}
                """;
        var table = "note\twho\twhen\tabout\ttag\nit shook\tAna\t2018-02-06T16:02:00Z\tq1\tradio\n";

        var bytes = table.getBytes(StandardCharsets.UTF_8);
        var first = Readings.pieces(told("a.tsv", mapping), new ByteArrayInputStream(bytes));
        var memory = Readings.memory(first.getFirst());
        assertThat(memory.text()).isEqualTo("it shook");
        assertThat(memory.mentions()).hasSize(1);
        assertThat(memory.metadata()).isEqualTo("{\"tag\":\"radio\"}");
        var again = Readings.pieces(told("a.tsv", mapping), new ByteArrayInputStream(bytes));
        assertThat(Readings.memory(again.getFirst())).isEqualTo(memory);
    }

    @Test
    void badRowsAreRefusedByLineAndColumnWhileTheOthersGoIn() throws IOException {
        var latin = "7,airport,caf\u00e9,1,US,1,1\n".getBytes(StandardCharsets.ISO_8859_1);
        var table =
                """
                ~id,kind,desc,runways,country,lat,lon
                1,airport,A,many,US,33.63,-84.42
                2,port,B,1,US,33.63,-84.42
                3,airport,"C
                C",1,US,95,-84.42
                4,airport,D
                5,airport,E,1,US,33.63,
                6,airport,5" pipe,1,US,33,1
                """;
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(table.getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(latin);
        bytes.writeBytes("8,airport,H,1,US,1,1".getBytes(StandardCharsets.UTF_8));

        assertThat(read(told("nodes.csv", AIRPORTS), bytes.toByteArray()))
                .satisfiesExactly(
                        one ->
                                assertThat(one)
                                        .isEqualTo("2 runways: must be a number, but is \"many\""),
                        two -> assertThat(two).startsWith("3 kind: must be one of the words"),
                        three -> assertThat(three).startsWith("4 geometry.coordinates: "),
                        four -> assertThat(four).isEqualTo("6 : has 3 cells, and the header 7"),
                        five -> assertThat(five).startsWith("7 lon: is required where"),
                        six -> assertThat(six).contains("name=5\" pipe"),
                        seven -> assertThat(seven).startsWith("9 : is not UTF-8 at byte 14 (0xE9)"),
                        eight -> assertThat(eight).startsWith("10 8 [type=Airport"));
    }

    @Test
    void aMissingColumnIsNamedWithThoseThatAreThere() throws IOException {
        assertThat(read(told("nodes.csv", AIRPORTS), "~id,kind,desc\n1,airport,A\n"))
                .containsExactly(
                        "1 : has no column 'country', 'lat', 'lon', 'runways', which the mapping"
                                + " names; there are '~id', 'kind', 'desc'; nothing after it was"
                                + " read");
    }

    @Test
    void aQuoteThatIsNeverClosedEndsReadingWhereItWasOpened() throws IOException {
        var table = "~id,kind,desc,runways,country,lat,lon\n1,airport,\"A,5,US,1,1\n2,airport,B\n";

        assertThat(read(told("nodes.csv", AIRPORTS), table))
                .containsExactly("2 : has a quote that is never closed; nothing after it was read");
    }

    @Test
    void aRowOfAHundredMegabytesIsRefusedAndTheNextIsRead() throws IOException {
        var head = "~id,kind,desc,runways,country,lat,lon\n1,airport,";
        var data =
                new SequenceInputStream(
                        Collections.enumeration(
                                List.of(
                                        stream(head),
                                        new Endless('x', 100_000_000),
                                        stream("\n2,airport,B,1,US,1,1\n"))));

        assertThat(Readings.pieces(told("nodes.csv", AIRPORTS), data).stream().map(Readings::shown))
                .satisfiesExactly(
                        one -> assertThat(one).isEqualTo("2 : a row has at most 2097152 bytes"),
                        two -> assertThat(two).startsWith("3 2 [type=Airport"));
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                                        | mapping must have exactly one of entity, fact, memory",
                "{'fact': {}}                              | mapping.fact.subject is required",
                "{'memory': {'text': {'from': 'a'}}}       | mapping.memory.source is required",
                "{'entity': {'name': {'from': 'a'}}}       | mapping.entity.id is required",
                "{'delimiter': '::', 'fact': {}}           | mapping.fact.subject is required",
                "{'memory': {'text': {'from': 'a'}, 'source': {'text': 'b'}, 'who': 1}} | mapping.memory.who is not known here",
            })
    void aMappingThatIsNoneIsRefusedByItsField(String mapping, String problem) {
        assertThatThrownBy(() -> read(told("a.csv", mapping), "a\n1\n"))
                .isInstanceOf(InvalidField.class)
                .hasMessageStartingWith(problem);
    }
}
