package dev.palimpsest.query.index.lucene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.io.MoreFiles;
import dev.palimpsest.port.Gone;
import dev.palimpsest.port.Row;
import dev.palimpsest.port.StoreException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Files that are not what was written are noticed and built again.
class IndexDamageTest {

    @TempDir private Path temporary;
    private IndexesOnDisk disk;

    @BeforeEach
    void begin() {
        disk = new IndexesOnDisk(temporary);
    }

    @Test
    void anIndexThatWasCutOffIsNamed() throws IOException {
        disk.fill();
        for (Path file : disk.files()) {
            if (file.getFileName().toString().startsWith("segments_")) {
                try (var bytes = new RandomAccessFile(file.toFile(), "rw")) {
                    bytes.setLength(bytes.length() / 2);
                }
            }
        }
        assertIsNamed("is damaged");
    }

    @Test
    void anIndexWithAMissingFileIsNamed() throws IOException {
        disk.fill();
        for (Path file : disk.files()) {
            if (file.toString().endsWith(".cfs") || file.toString().endsWith(".fdt")) {
                Files.delete(file);
            }
        }
        assertIsNamed("is damaged");
    }

    @Test
    void anIndexThatIsGoneIsNamed() throws IOException {
        disk.fill();
        for (Path file : disk.files()) {
            Files.delete(file);
        }
        assertIsNamed("it is gone");
    }

    @Test
    void anIndexPutBackFromAnOlderCopyIsNamed() throws IOException {
        disk.fill();
        Path demo = disk.path("text/spaces/demo");
        Folders.copy(demo, disk.path("older"));
        disk.write(10);
        try (var index = disk.words()) {
            disk.space.follow(index);
        }
        MoreFiles.deleteRecursively(demo);
        Folders.copy(disk.path("older"), demo);
        assertIsNamed("it is older");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void noFlippedByteIsOverlookedByAComparison(long seed) throws IOException {
        disk.fill();
        var random = new Random(seed);
        Path sound = disk.path("sound");
        Path text = disk.path("text");
        Folders.copy(text, sound);
        for (int round = 0; round < 15; round++) {
            String flipped = disk.flip(random);
            try (var index = disk.words()) {
                assertThatThrownBy(
                                () -> {
                                    index.requireSound();
                                    index.rows(disk.space.space(), _ -> {});
                                })
                        .as("seed %d, round %d: %s", seed, round, flipped)
                        .isInstanceOf(StoreException.Corrupt.class)
                        .hasMessageContaining("text/demo");
            }
            MoreFiles.deleteRecursively(text);
            Folders.copy(sound, text);
        }
        try (var index = disk.words()) {
            index.requireSound();
            assertThatCode(() -> index.rows(disk.space.space(), _ -> {}))
                    .doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whatWritesMeetsOfDamageIsToldAndMended(long seed) throws IOException {
        disk.fill();
        var random = new Random(seed);
        Path text = disk.path("text");
        Path sound = disk.path("sound");
        Folders.copy(text, sound);
        int told = 0;
        for (int round = 0; round < 15; round++) {
            String flipped = disk.flip(random);
            try (var index = disk.words()) {
                told += writeUntilTold(index) ? 1 : 0;
                index.clear();
                index.apply(disk.space.scribe.rows(), disk.space.checkpoint());
                assertThat(index.count(disk.space.space(), Filter.ANYTHING, disk.space.head()))
                        .as("seed %d, round %d: %s", seed, round, flipped)
                        .isEqualTo(50);
            }
            MoreFiles.deleteRecursively(text);
            Folders.copy(sound, text);
        }
        assertThat(told).as("seed %d: damage that was told", seed).isGreaterThan(5);
    }

    /// Has half of the rows merged away; what fails must be told as damage, at once or by the
    /// checksums.
    private boolean writeUntilTold(LuceneTextIndex index) {
        List<Gone> gone =
                disk.space.rowsHeld(index).stream()
                        .limit(25)
                        .<Gone>map(row ->
                                new Gone.OfMemory(
                                        disk.space.space(), ((Row.OfMemory) row).id(), 0, false))
                        .toList();
        try {
            index.drop(gone);
            index.scour(disk.space.space());
            return false;
        } catch (StoreException e) {
            assertThatThrownBy(
                            () -> {
                                index.requireSound();
                                index.requireSound();
                            })
                    .as("after %s", e.toString())
                    .isInstanceOf(StoreException.Corrupt.class);
            return true;
        }
    }

    @Test
    void aCheckpointWithoutSenseIsDamageAndCanBeBuiltAgainFromThere() throws IOException {
        disk.fill();
        Path checkpoint = disk.path("text/checkpoint");
        for (byte[] nonsense :
                List.of(
                        "epoch what?\n".getBytes(StandardCharsets.UTF_8),
                        new byte[] {(byte) 0xff, (byte) 0xfe})) {
            Files.write(checkpoint, nonsense);
            try (var index = disk.words()) {
                assertThatThrownBy(index::checkpoint)
                        .isInstanceOf(StoreException.Corrupt.class)
                        .hasMessageContaining("index text");
                index.clear();
                index.apply(disk.space.scribe.rows(), disk.space.checkpoint());
                assertThat(index.count(disk.space.space(), Filter.ANYTHING, disk.space.head()))
                        .isEqualTo(50);
            }
        }
    }

    @Test
    void whatCannotBeReadNowIsNotDamage() throws IOException {
        disk.fill();
        Path checkpoint = disk.path("text/checkpoint");
        Path aside = disk.path("aside");
        Files.move(checkpoint, aside);
        Files.createDirectory(checkpoint);
        try (var index = disk.words()) {
            assertThatThrownBy(index::checkpoint).isInstanceOf(StoreException.Unavailable.class);
        }
        Files.delete(checkpoint);
        Files.move(aside, checkpoint);

        Path demo = disk.path("text/spaces/demo");
        Files.move(demo, aside);
        Files.createSymbolicLink(demo, demo);
        try (var index = disk.words()) {
            index.requireSound();
            assertThatThrownBy(() ->
                            index.count(disk.space.space(), Filter.ANYTHING, disk.space.head()))
                    .isInstanceOf(StoreException.Unavailable.class);
            index.requireSound();
            Files.delete(demo);
            Files.move(aside, demo);
            assertThat(index.count(disk.space.space(), Filter.ANYTHING, disk.space.head()))
                    .isEqualTo(50);
        }
    }

    private void assertIsNamed(String told) {
        try (var index = disk.words()) {
            assertThatThrownBy(index::requireSound)
                    .as("noticed before anybody asks")
                    .isInstanceOf(StoreException.Corrupt.class)
                    .hasMessageContaining("text/demo")
                    .hasMessageContaining(told);
            assertThatThrownBy(() ->
                            index.count(disk.space.space(), Filter.ANYTHING, disk.space.head()))
                    .isInstanceOf(StoreException.Corrupt.class)
                    .hasMessageContaining("text/demo");
            assertThatThrownBy(() -> index.apply(disk.space.scribe.rows(), disk.space.checkpoint()))
                    .isInstanceOf(StoreException.Corrupt.class)
                    .hasMessageContaining("text/demo");
        }
    }
}
