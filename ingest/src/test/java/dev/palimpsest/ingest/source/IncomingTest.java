package dev.palimpsest.ingest.source;

import static dev.palimpsest.ingest.source.Readings.read;
import static dev.palimpsest.ingest.source.Readings.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStream;
import dev.palimpsest.ingest.source.Incoming.Description;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IncomingTest {

    private static final String LINE = "{\"memory\": {\"text\": \"t\", \"source\": \"s\"}}\n";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a.ndjson   | {}                                 | ndjson",
                "a.jsonl.gz | {}                                 | ndjson",
                "A.MD       | # x                                | markdown",
                "a.txt      | Ann: x                             | text",
                "a.json     | [{\"role\": 1}]                    | chat",
                "a.json     | {\"messages\": []}                 | chat",
                "-          | {\"fact\": {}}                     | ndjson",
                "a.xml      | <?xml version='1.0'?><graphml/>    | graphml",
            })
    void theFormatIsToldByTheNameElseByTheContent(String name, String content, String format)
            throws IOException {
        var bytes = content.getBytes(StandardCharsets.UTF_8);
        try (var incoming = Incoming.open(new ByteArrayInputStream(bytes), told(name))) {
            assertThat(incoming.format().word()).isEqualTo(format);
        }
    }

    @Test
    void whatTellsNoFormatIsRefusedWithThoseThereAre() {
        assertThatThrownBy(() -> read(told("data"), "hello"))
                .isInstanceOf(InvalidField.class)
                .hasMessageContaining("give one of ndjson, geojson, csv, tsv, graphml, markdown");
        assertThatThrownBy(() -> read(told("a.csv"), "a\n1"))
                .hasMessageContaining("mapping is required for csv");
        assertThatThrownBy(() -> read(told("a.md", "{}"), "a\n1"))
                .hasMessageContaining("mapping says nothing about markdown");
        assertThatThrownBy(() -> read(told("a.txt"), "a".getBytes(StandardCharsets.UTF_16)))
                .hasMessageContaining("is UTF-16");
    }

    @Test
    void aLineWithoutIdHasTheSameWheneverItIsRead() throws IOException {
        var first =
                Readings.pieces(
                        told("a.ndjson"), stream((LINE + LINE).getBytes(StandardCharsets.UTF_8)));
        var again =
                Readings.pieces(
                        told("b.ndjson"), stream((LINE + LINE).getBytes(StandardCharsets.UTF_8)));
        assertThat(first).isEqualTo(again);
        assertThat(Readings.memory(first.getFirst()).id())
                .isNotEqualTo(Readings.memory(first.getLast()).id());
    }

    @Test
    void gzipAndZstdAreKnownByTheirFirstBytes() throws IOException {
        assertThat(read(told("a.ndjson"), gzip(LINE.getBytes(StandardCharsets.UTF_8), 1)))
                .containsExactly("1 t");
        assertThat(read(told("a.ndjson"), Zstd.compress(LINE.getBytes(StandardCharsets.UTF_8))))
                .containsExactly("1 t");
        assertThatThrownBy(() -> read(told("a.ndjson"), new byte[] {'P', 'K', 3, 4, 0}))
                .hasMessageContaining("is packed otherwise than with gzip or zstd");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "zstd"})
    void whatIsDamagedIsSaidWithoutLosingWhatCameBefore(String packing) {
        byte[] whole =
                packing.equals("gzip")
                        ? gzip(LINE.getBytes(StandardCharsets.UTF_8), 20_000)
                        : Zstd.compress(LINE.repeat(20_000).getBytes(StandardCharsets.UTF_8));
        byte[] half = Arrays.copyOf(whole, whole.length / 2);
        assertThatThrownBy(() -> read(told("a.ndjson"), half))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("cannot be unpacked: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "zstd"})
    void aBombIsRefusedBeforeItGoesOff(String packing) throws IOException {
        var zeros = new byte[1 << 20];
        Arrays.fill(zeros, (byte) '\n');
        int times = (int) (Unpacked.FREE_BYTES / zeros.length) + 16;
        byte[] bomb = packing.equals("gzip") ? gzip(zeros, times) : zstd(zeros, times);
        var told =
                new Description(
                        Optional.of(Format.NDJSON), "a", Optional.empty(), Optional.empty(), false);
        assertThatThrownBy(() -> read(told, bomb))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("unpacks to more than 200 times its size");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.csv", "data"})
    void whatIsRefusedIsClosed(String name) {
        var closed = new AtomicBoolean();
        var data =
                new FilterInputStream(stream(Zstd.compress(new byte[] {'x'}))) {
                    @Override
                    public void close() throws IOException {
                        closed.set(true);
                        super.close();
                    }
                };
        assertThatThrownBy(() -> Incoming.open(data, told(name))).isInstanceOf(InvalidField.class);
        assertThat(closed).isTrue();
    }

    private static ByteArrayInputStream stream(byte[] bytes) {
        return new ByteArrayInputStream(bytes);
    }

    private static byte[] gzip(byte[] content, int times) {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            repeat(gzip, content, times);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] zstd(byte[] content, int times) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zstd = new ZstdOutputStream(bytes)) {
            repeat(zstd, content, times);
        }
        return bytes.toByteArray();
    }

    private static void repeat(OutputStream out, byte[] content, int times) throws IOException {
        for (int i = 0; i < times; i++) {
            out.write(content);
        }
    }
}
