package dev.palimpsest.ingest.source;

import static dev.palimpsest.ingest.source.Readings.read;
import static dev.palimpsest.ingest.source.Readings.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GraphMlReaderTest {

    private static final String HEAD =
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <graphml xmlns="http://graphml.graphdrawing.org/xmlns">
              <key id="l" for="node" attr.name="labelV" attr.type="string"/>
              <key id="n" for="node" attr.name="name" attr.type="string"/>
              <key id="r" for="node" attr.name="runways" attr.type="int"/>
              <key id="e" for="edge" attr.name="labelE" attr.type="string"/>
              <key id="d" for="edge" attr.name="dist" attr.type="int"/>
              <graph id="G" edgedefault="directed">
            """;

    @Test
    void nodesAreEntitiesAndEdgesAreFacts() throws IOException {
        var graph =
                HEAD
                        + """
                            <node id="1"><data key="l">airport</data><data key="n">Hartsfield &amp; Co</data><data key="r">5</data></node>
                            <node id="2"/>
                            <node id="3"><data key="r">many</data></node>
                            <edge source="1" target="2"><data key="e">route to</data><data key="d">809</data></edge>
                            <edge source="1"><data key="e">route</data></edge>
                          </graph>
                        </graphml>
                        """;
        assertThat(read(told("air.graphml"), graph))
                .containsExactly(
                        "9 1 [type=airport, name=Hartsfield & Co, runways=5]",
                        "10 2 [type=Thing]",
                        "11 runways: must be a number, but is \"many\"",
                        "12 1 route_to=2 said by air.graphml",
                        "13 edge.target: is required");
    }

    @Test
    void halfAPlaceIsRefusedWithTheOtherHalf() throws IOException {
        var graph =
                "<graphml><key id='la' attr.name='lat'/><key id='lo' attr.name='lon'/><graph>"
                        + "<node id='1'><data key='la'>24.1</data></node>"
                        + "<node id='2'><data key='lo'>121.7</data></node>"
                        + "<node id='3'><data key='la'>24.1</data><data key='lo'>121.7</data></node>"
                        + "</graph></graphml>";
        assertThat(read(told("a.graphml"), graph))
                .satisfiesExactly(
                        one -> assertThat(one).isEqualTo("1 lon: is missing: a place has both"),
                        two -> assertThat(two).isEqualTo("1 lat: is missing: a place has both"),
                        three -> assertThat(three).contains("24.1,121.7"));
    }

    @Test
    void whatCannotBeUnpackedToItsEndFailsAndIsNoBadLine() {
        var nodes = new StringBuilder(HEAD);
        var random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            nodes.append("<node id='").append(random.nextLong()).append("'/>\n");
        }
        byte[] whole = Zstd.compress(nodes.toString().getBytes(StandardCharsets.UTF_8));
        byte[] half = Arrays.copyOf(whole, whole.length / 2);
        assertThatThrownBy(() -> read(told("a.graphml"), half))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("cannot be unpacked: ");
    }

    @Test
    void bytesThatAreNoTextEndReadingByLine() throws IOException {
        var graph = (HEAD + "<node id='1'/>\n<node id='caf\u00e9'/></graph></graphml>");
        assertThat(read(told("a.graphml"), graph.getBytes(StandardCharsets.ISO_8859_1)))
                .last()
                .asString()
                .contains("is not XML: ")
                .endsWith("nothing after it was read");
    }

    @Test
    void whatDoesNotBeginAsXmlIsRefusedWithTheReason() {
        assertThatThrownBy(() ->
                        read(
                                told("a.graphml"),
                                "<?xml version='1.0' encoding='klingon'?><graphml/>"))
                .isInstanceOf(InvalidField.class)
                .hasMessageContaining("klingon");
    }

    @Test
    void whatAnEdgeHasBesideIsKeptAsItsQuote() throws IOException {
        var graph =
                HEAD
                        + "<edge source='1' target='2'><data key='d'>809</data></edge></graph></graphml>";
        var bytes = graph.getBytes(StandardCharsets.UTF_8);
        var pieces = Readings.pieces(told("air.graphml"), new ByteArrayInputStream(bytes));
        assertThat(pieces.getFirst().parsed().toString()).contains("{\"dist\":\"809\"}");
    }

    @Test
    void anotherFileIsNeverRead(@TempDir Path folder) throws IOException {
        var secret = folder.resolve("secret");
        Files.writeString(secret, "the secret");
        var graph =
                """
                <!DOCTYPE graphml [<!ENTITY x SYSTEM "%s">]>
                <graphml><key id="n" attr.name="name"/><graph><node id="1"><data key="n">&x;</data></node></graph></graphml>
                """
                        .formatted(secret.toUri());
        assertThat(read(told("a.graphml"), graph))
                .singleElement()
                .asString()
                .contains("document type definition")
                .contains("nothing after it was read")
                .doesNotContain("the secret");
    }

    @Test
    void entitiesThatGrowWithoutEndAreRefused() throws IOException {
        var graph =
                """
                <!DOCTYPE graphml [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY c "&b;&b;&b;">]>
                <graphml><graph><node id="&c;"/></graph></graphml>
                """;
        assertThat(read(told("a.graphml"), graph))
                .singleElement()
                .asString()
                .contains("document type definition");
    }

    @Test
    void brokenXmlEndsReadingByLine() throws IOException {
        assertThat(read(told("a.graphml"), HEAD + "<node id='1'/>\n<node id='2'></edge>"))
                .satisfiesExactly(
                        one -> assertThat(one).isEqualTo("9 1 [type=Thing]"),
                        two ->
                                assertThat(two)
                                        .startsWith("10 : is not XML: ")
                                        .endsWith("nothing after it was read"));
        assertThat(read(told("a.graphml"), "<html/>"))
                .containsExactly(
                        "1 : must be GraphML, but begins with <html>; nothing after it was read");
    }

    @Test
    void anElementOfAHundredMegabytesIsRefused() throws IOException {
        var begin = (HEAD + "<node id='1'><data key='n'>").getBytes(StandardCharsets.UTF_8);
        var data =
                new SequenceInputStream(
                        new ByteArrayInputStream(begin), new Endless('x', 100_000_000));
        var shown =
                Readings.pieces(told("a.graphml"), data).stream()
                        .map(Readings::shown)
                        .collect(Collectors.joining());
        assertThat(shown).contains("an element has at most 4194304 bytes");
    }
}
