package dev.palimpsest.api.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.palimpsest.ingest.source.NdjsonReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ItemFileTest {

    @Test
    void cutsLinesIntoBatchesThatKnowWhereTheyBegin() throws IOException {
        var batches = all(lines("x\n".repeat(2_500)));
        assertThat(batches).extracting(ItemBatch::before).containsExactly(0L, 1_000L, 2_000L);
        assertThat(batches).extracting(ItemBatch::count).containsExactly(1_000, 1_000, 500);
        assertThat(batches).extracting(ItemBatch::isLast).containsExactly(false, false, true);
        assertThat(batches.getLast().bytes()).isEqualTo(5_000);
    }

    @Test
    void countsTheLastLineWithoutALineFeed() throws IOException {
        assertThat(all(lines("a\nb"))).extracting(ItemBatch::count).containsExactly(2);
    }

    @Test
    void countsBlankLinesButSendsNoneAlone() throws IOException {
        var batches = all(lines("\n".repeat(1_000) + "a\n"));
        assertThat(batches).extracting(ItemBatch::before).containsExactly(1_000L);
        assertThat(all(lines("\n\n"))).isEmpty();
        assertThat(all(lines(""))).isEmpty();
    }

    @Test
    void holdsNoMoreOfALineThanIsNeededToRefuseIt() throws IOException {
        long length = 20L * NdjsonReader.LONGEST_LINE;
        var batches = all(new LineFile(new Repeated(length), false));
        assertThat(batches).extracting(ItemBatch::count).containsExactly(1);
        assertThat(batches.getFirst().bytes()).isEqualTo(length);
    }

    @Test
    void cutsFeaturesIntoBatches() throws IOException {
        var json =
                "{\"type\":\"FeatureCollection\",\"bbox\":[1,2],\"features\":["
                        + String.join(",", Collections.nCopies(1_000, "{\"a\":1}"))
                        + "]}";
        var batches = all(features(json));
        assertThat(batches).extracting(ItemBatch::before).containsExactly(0L, 500L);
        assertThat(batches).extracting(ItemBatch::isLast).containsExactly(false, true);
        assertThat(all(features("{\"features\":[]}"))).isEmpty();
    }

    @Test
    void saysWhereAFileStopsBeingGeoJson() {
        assertThatThrownBy(() -> all(features("{\"features\":[{},{},{,")))
                .isInstanceOf(ItemFile.BrokenFile.class)
                .hasMessageStartingWith("feature 1 is not JSON")
                .hasMessageEndingWith("nothing after it was read");
        assertThatThrownBy(() -> all(features("[1,2]")))
                .hasMessageContaining("the file is no GeoJSON FeatureCollection");
    }

    private static LineFile lines(String text) {
        return new LineFile(bytes(text), false);
    }

    private static FeatureFile features(String text) throws IOException {
        return new FeatureFile(bytes(text), JsonNodeFactory.instance.objectNode(), false);
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<ItemBatch> all(ItemFile file) throws IOException {
        var batches = new ArrayList<ItemBatch>();
        for (var next = file.next(); next.isPresent(); next = file.next()) {
            batches.add(next.get());
        }
        return batches;
    }

    /// So many `x` and nothing else.
    private static final class Repeated extends InputStream {
        private long left;

        Repeated(long length) {
            this.left = length;
        }

        @Override
        public int read() {
            return left-- > 0 ? 'x' : -1;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (left <= 0) {
                return -1;
            }
            int count = (int) Math.min(length, left);
            Arrays.fill(into, offset, offset + count, (byte) 'x');
            left -= count;
            return count;
        }
    }
}
