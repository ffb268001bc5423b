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
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.store.AlreadyClosedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Files that are not what was written: noticed, told of whom they belong to, and built again.
class IndexDamageTest {

    @TempDir private Path temporary;
    private final Example space = new Example("demo");
    private final LettersEmbedder letters = new LettersEmbedder();

    @Test
    void anIndexThatWasCutOffIsNamed() throws IOException {
        fill();
        for (Path file : files()) {
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
        fill();
        for (Path file : files()) {
            if (file.toString().endsWith(".cfs") || file.toString().endsWith(".fdt")) {
                Files.delete(file);
            }
        }
        assertIsNamed("is damaged");
    }

    @Test
    void anIndexThatIsGoneIsNamed() throws IOException {
        fill();
        for (Path file : files()) {
            Files.delete(file);
        }
        assertIsNamed("it is gone");
    }

    @Test
    void anIndexPutBackFromAnOlderCopyIsNamed() throws IOException {
        fill();
        Path demo = temporary.resolve("text/spaces/demo");
        Folders.copy(demo, temporary.resolve("older"));
        write(10);
        try (var index = words()) {
            space.follow(index);
        }
        MoreFiles.deleteRecursively(demo);
        Folders.copy(temporary.resolve("older"), demo);
        assertIsNamed("it is older");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void noFlippedByteIsOverlookedByAComparison(long seed) throws IOException {
        fill();
        var random = new Random(seed);
        Path sound = temporary.resolve("sound");
        Path text = temporary.resolve("text");
        Folders.copy(text, sound);
        for (int round = 0; round < 15; round++) {
            String flipped = flip(random);
            try (var index = words()) {
                assertThatThrownBy(
                                () -> {
                                    index.requireSound();
                                    index.rows(space.space(), _ -> {});
                                })
                        .as("seed %d, round %d: %s", seed, round, flipped)
                        .isInstanceOf(StoreException.Corrupt.class)
                        .hasMessageContaining("text/demo");
            }
            MoreFiles.deleteRecursively(text);
            Folders.copy(sound, text);
        }
        try (var index = words()) {
            index.requireSound();
            assertThatCode(() -> index.rows(space.space(), _ -> {})).doesNotThrowAnyException();
        }
    }

    @Test
    void damageThatAReaderMetIsToldUntilEverythingIsDropped() {
        fill();
        try (var index = words()) {
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
        fill();
        try (var index = words()) {
            var met = new UncheckedIOException(new CorruptIndexException("met", "a file"));
            assertThatThrownBy(() -> searchMeets(index, met))
                    .isInstanceOf(StoreException.Corrupt.class);
            assertThatThrownBy(index::requireSound).isInstanceOf(StoreException.Corrupt.class);
        }
    }

    @Test
    void aSearchBegunBeforeEverythingWasDroppedTellsOfNoDamageAfterwards() {
        fill();
        try (var index = words()) {
            assertThatThrownBy(() ->
                            index.search(
                                    space.space(),
                                    new Selection(Filter.ANYTHING, space.head()),
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
        fill();
        try (var index = words()) {
            assertThatThrownBy(() -> searchMeets(index, failure))
                    .isNotInstanceOf(StoreException.Corrupt.class);
            index.requireSound();
        }
        flipTheMiddleOfTheLargest();
        try (var index = words()) {
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
        fill();
        var fault = new ArrayIndexOutOfBoundsException("met");
        try (var index = words()) {
            assertThatThrownBy(() -> searchMeets(index, fault)).isSameAs(fault);
        }
        try (var index = words()) {
            assertThat(index.checkpoint()).contains(space.checkpoint());
        }
        flipTheMiddleOfTheLargest();
        try (var index = words()) {
            assertThatThrownBy(() -> searchMeets(index, fault)).isSameAs(fault);
        }
        try (var index = words()) {
            assertThat(index.checkpoint()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whatWritesMeetsOfDamageIsToldAndMended(long seed) throws IOException {
        fill();
        var random = new Random(seed);
        Path text = temporary.resolve("text");
        Path sound = temporary.resolve("sound");
        Folders.copy(text, sound);
        int told = 0;
        for (int round = 0; round < 15; round++) {
            String flipped = flip(random);
            try (var index = words()) {
                told += writeUntilTold(index) ? 1 : 0;
                index.clear();
                index.apply(space.scribe.rows(), space.checkpoint());
                assertThat(index.count(space.space(), Filter.ANYTHING, space.head()))
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
                space.rowsHeld(index).stream()
                        .limit(25)
                        .<Gone>map(row ->
                                new Gone.OfMemory(
                                        space.space(), ((Row.OfMemory) row).id(), 0, false))
                        .toList();
        try {
            index.drop(gone);
            index.scour(space.space());
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
    void damageThatWasMetIsBuiltAgainWhenOpenedNextIfThereWasNoTime() {
        fill();
        try (var index = words()) {
            assertThatThrownBy(() -> searchMeets(index, new CorruptIndexException("met", "a file")))
                    .isInstanceOf(StoreException.Corrupt.class);
        }
        try (var index = words()) {
            assertThat(index.checkpoint()).isEmpty();
        }
    }

    @Test
    void damageOfTheVectorsIsNotToldOfTheWordsSearchedAroundThem() throws IOException {
        fill();
        try (var words = words()) {
            try (var vectors = vectors()) {
                vectors.apply(space.scribe.rows(), space.checkpoint());
            }
            try (var vectors = vectors();
                    var found = Files.walk(temporary.resolve("vectors"))) {
                var demo = found.filter(path -> path.endsWith("demo")).findFirst().orElseThrow();
                MoreFiles.deleteRecursively(demo);
                assertThatThrownBy(() ->
                                vectors.nearest(
                                        space.space(),
                                        letters.embed("quake"),
                                        words,
                                        new Selection(Filter.ANYTHING, space.head()),
                                        3))
                        .isInstanceOf(StoreException.Corrupt.class)
                        .hasMessageContaining("vectors/demo");
                words.requireSound();
            }
            try (var vectors = vectors()) {
                assertThat(vectors.checkpoint()).as("noted when it was met").isEmpty();
            }
        }
    }

    @Test
    void aCheckpointWithoutSenseIsDamageAndCanBeBuiltAgainFromThere() throws IOException {
        fill();
        Path checkpoint = temporary.resolve("text/checkpoint");
        for (byte[] nonsense :
                List.of(
                        "epoch what?\n".getBytes(StandardCharsets.UTF_8),
                        new byte[] {(byte) 0xff, (byte) 0xfe})) {
            Files.write(checkpoint, nonsense);
            try (var index = words()) {
                assertThatThrownBy(index::checkpoint)
                        .isInstanceOf(StoreException.Corrupt.class)
                        .hasMessageContaining("index text");
                index.clear();
                index.apply(space.scribe.rows(), space.checkpoint());
                assertThat(index.count(space.space(), Filter.ANYTHING, space.head())).isEqualTo(50);
            }
        }
    }

    @Test
    void whatCannotBeReadNowIsNotDamage() throws IOException {
        fill();
        Path checkpoint = temporary.resolve("text/checkpoint");
        Path aside = temporary.resolve("aside");
        Files.move(checkpoint, aside);
        Files.createDirectory(checkpoint);
        try (var index = words()) {
            assertThatThrownBy(index::checkpoint).isInstanceOf(StoreException.Unavailable.class);
        }
        Files.delete(checkpoint);
        Files.move(aside, checkpoint);

        Path demo = temporary.resolve("text/spaces/demo");
        Files.move(demo, aside);
        Files.createSymbolicLink(demo, demo);
        try (var index = words()) {
            index.requireSound();
            assertThatThrownBy(() -> index.count(space.space(), Filter.ANYTHING, space.head()))
                    .isInstanceOf(StoreException.Unavailable.class);
            index.requireSound();
            Files.delete(demo);
            Files.move(aside, demo);
            assertThat(index.count(space.space(), Filter.ANYTHING, space.head())).isEqualTo(50);
        }
    }

    private void searchMeets(LuceneTextIndex index, Throwable failure) {
        index.search(
                space.space(),
                new Selection(Filter.ANYTHING, space.head()),
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

    private void assertIsNamed(String told) {
        try (var index = words()) {
            assertThatThrownBy(index::requireSound)
                    .as("noticed before anybody asks")
                    .isInstanceOf(StoreException.Corrupt.class)
                    .hasMessageContaining("text/demo")
                    .hasMessageContaining(told);
            assertThatThrownBy(() -> index.count(space.space(), Filter.ANYTHING, space.head()))
                    .isInstanceOf(StoreException.Corrupt.class)
                    .hasMessageContaining("text/demo");
            assertThatThrownBy(() -> index.apply(space.scribe.rows(), space.checkpoint()))
                    .isInstanceOf(StoreException.Corrupt.class)
                    .hasMessageContaining("text/demo");
        }
    }

    private LuceneTextIndex words() {
        return new LuceneTextIndex(temporary.resolve("text"));
    }

    private LuceneVectorIndex vectors() {
        return new LuceneVectorIndex(temporary.resolve("vectors"), letters, letters);
    }

    private void fill() {
        try (var index = words()) {
            write(50);
            space.follow(index);
        }
    }

    private void write(int memories) {
        for (int i = 0; i < memories; i++) {
            space.keep("m-" + space.head().number(), "a quake was felt");
        }
    }

    private String flip(Random random) throws IOException {
        var files = files().stream().filter(file -> !file.endsWith("write.lock")).sorted().toList();
        var file = files.get(random.nextInt(files.size()));
        long at = (long) (random.nextDouble() * Files.size(file));
        flip(file, at);
        return file.getFileName() + " at " + at;
    }

    private void flipTheMiddleOfTheLargest() throws IOException {
        Path largest = largest();
        flip(largest, Files.size(largest) / 2);
    }

    private static void flip(Path file, long at) throws IOException {
        try (var bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(at);
            int before = bytes.read();
            bytes.seek(at);
            bytes.write(~before);
        }
    }

    private Path largest() throws IOException {
        return files().stream()
                .max(Comparator.comparingLong(file -> file.toFile().length()))
                .orElseThrow();
    }

    private List<Path> files() throws IOException {
        try (var files = Files.list(temporary.resolve("text/spaces/demo"))) {
            return files.toList();
        }
    }
}
