package dev.palimpsest.query.index.lucene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.io.MoreFiles;
import dev.palimpsest.port.Embedder;
import dev.palimpsest.port.StoreException;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.store.AlreadyClosedException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Damage that was met is told of whom it belongs to, until it is built again.
class DamageTest {

    @TempDir private Path temporary;
    private IndexesOnDisk disk;

    @BeforeEach
    void begin() {
        disk = new IndexesOnDisk(temporary);
    }

    @Test
    void damageThatAReaderMetIsToldUntilEverythingIsDropped() {
        disk.fill();
        try (var index = disk.words()) {
            index.requireSound();
            assertThatThrownBy(() -> searchMeets(index, new CorruptIndexException("met", "a file")))
                    .isInstanceOf(StoreException.Corrupt.class);
            assertThatThrownBy(index::requireSound)
                    .isInstanceOf(StoreException.Corrupt.class)
                    .hasMessageContaining("text/demo is damaged");
            index.clear();
            index.requireSound();
        }
    }

    @Test
    void damageMetByWhoCannotThrowItIsToldToo() {
        disk.fill();
        try (var index = disk.words()) {
            var met = new UncheckedIOException(new CorruptIndexException("met", "a file"));
            assertThatThrownBy(() -> searchMeets(index, met))
                    .isInstanceOf(StoreException.Corrupt.class);
            assertThatThrownBy(index::requireSound).isInstanceOf(StoreException.Corrupt.class);
        }
    }

    @Test
    void aSearchBegunBeforeEverythingWasDroppedTellsOfNoDamageAfterwards() {
        disk.fill();
        try (var index = disk.words()) {
            assertThatThrownBy(() ->
                            index.search(
                                    disk.space.space(),
                                    new Selection(Filter.ANYTHING, disk.space.head()),
                                    0,
                                    _ -> {
                                        index.clear();
                                        throw new CorruptIndexException("met", "a file");
                                    }))
                    .isInstanceOf(StoreException.Corrupt.class);
            index.requireSound();
        }
    }

    /// A flipped byte is met as many things: these were seen.
    static Stream<Throwable> unclear() {
        return Stream.of(
                new ArrayIndexOutOfBoundsException("met"),
                new IOException("match offset is invalid"),
                new AlreadyClosedException("closed", new IllegalStateException("met by a merge")),
                new InternalError("a fault occurred in an unsafe memory access operation"));
    }

    @ParameterizedTest
    @MethodSource("unclear")
    void whatMayBeDamageOrAFaultOfOursIsDecidedByTheChecksums(Throwable failure)
            throws IOException {
        disk.fill();
        try (var index = disk.words()) {
            assertThatThrownBy(() -> searchMeets(index, failure))
                    .isNotInstanceOf(StoreException.Corrupt.class);
            index.requireSound();
        }
        disk.flipTheMiddleOfTheLargest();
        try (var index = disk.words()) {
            index.requireSound();
            assertThatThrownBy(() -> searchMeets(index, failure))
                    .isNotInstanceOf(StoreException.Corrupt.class);
            assertThatThrownBy(index::requireSound)
                    .isInstanceOf(StoreException.Corrupt.class)
                    .hasMessageContaining("text/demo is damaged");
        }
    }

    @Test
    void whatIsSuspectWhenClosedIsCheckedBefore() throws IOException {
        disk.fill();
        var fault = new ArrayIndexOutOfBoundsException("met");
        try (var index = disk.words()) {
            assertThatThrownBy(() -> searchMeets(index, fault)).isSameAs(fault);
        }
        try (var index = disk.words()) {
            assertThat(index.checkpoint()).contains(disk.space.checkpoint());
        }
        disk.flipTheMiddleOfTheLargest();
        try (var index = disk.words()) {
            assertThatThrownBy(() -> searchMeets(index, fault)).isSameAs(fault);
        }
        try (var index = disk.words()) {
            assertThat(index.checkpoint()).isEmpty();
        }
    }

    @Test
    void damageThatWasMetIsBuiltAgainWhenOpenedNextIfThereWasNoTime() {
        disk.fill();
        try (var index = disk.words()) {
            assertThatThrownBy(() -> searchMeets(index, new CorruptIndexException("met", "a file")))
                    .isInstanceOf(StoreException.Corrupt.class);
        }
        try (var index = disk.words()) {
            assertThat(index.checkpoint()).isEmpty();
        }
    }

    @Test
    void damageOfTheVectorsIsNotToldOfTheWordsSearchedAroundThem() throws IOException {
        disk.fill();
        try (var words = disk.words()) {
            try (var vectors = disk.vectors()) {
                vectors.apply(disk.space.scribe.rows(), disk.space.checkpoint());
            }
            try (var vectors = disk.vectors();
                    var found = Files.walk(disk.path("vectors"))) {
                var demo = found.filter(path -> path.endsWith("demo")).findFirst().orElseThrow();
                MoreFiles.deleteRecursively(demo);
                assertThatThrownBy(() ->
                                vectors.nearest(
                                        disk.space.space(),
                                        disk.letters.embed("quake"),
                                        words,
                                        new Selection(Filter.ANYTHING, disk.space.head()),
                                        3))
                        .isInstanceOf(StoreException.Corrupt.class)
                        .hasMessageContaining("vectors/demo");
                words.requireSound();
            }
            try (var vectors = disk.vectors()) {
                assertThat(vectors.checkpoint()).as("noted when it was met").isEmpty();
            }
        }
    }

    @Test
    void whatTheEmbedderMeetsIsNoDamageOfTheIndex() {
        disk.fill();
        Embedder broken =
                new LettersEmbedder() {
                    @Override
                    public List<byte[]> embedAll(List<String> texts) {
                        throw new IllegalStateException(
                                "the model cannot be read", new EOFException("cut off"));
                    }
                };
        try (var vectors = new LuceneVectorIndex(disk.path("vectors"), disk.letters, broken)) {
            vectors.clear();
            assertThatThrownBy(
                            () -> vectors.apply(disk.space.scribe.rows(), disk.space.checkpoint()))
                    .isInstanceOf(StoreException.Unavailable.class)
                    .hasMessageContaining("the model cannot be read");
            vectors.requireSound();
        }
    }

    private void searchMeets(LuceneTextIndex index, Throwable failure) {
        index.search(
                disk.space.space(),
                new Selection(Filter.ANYTHING, disk.space.head()),
                0,
                _ -> {
                    switch (failure) {
                        case IOException checked -> throw checked;
                        case RuntimeException unchecked -> throw unchecked;
                        case InternalError fault -> throw fault;
                        default -> throw new AssertionError(failure);
                    }
                });
    }
}
