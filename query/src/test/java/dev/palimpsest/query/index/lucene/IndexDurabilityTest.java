package dev.palimpsest.query.index.lucene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palimpsest.model.Value;
import dev.palimpsest.port.Projection.Checkpoint;
import dev.palimpsest.port.Projection.HeldRow;
import dev.palimpsest.port.Row;
import dev.palimpsest.port.StoreException;
import dev.palimpsest.time.Moments;
import dev.palimpsest.time.Position;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is on disk when the process ends, orderly or not. A process that was killed is a copy of
/// the folder taken while the index was open.
class IndexDurabilityTest {

    @TempDir private Path temporary;
    private final Example space = new Example("demo");

    @Test
    void keepsEverythingWhenClosed() {
        try (var index = open("a")) {
            write(300);
            space.follow(index);
            write(300);
            space.follow(index);
        }
        try (var index = open("a")) {
            assertThat(index.checkpoint()).contains(space.checkpoint());
            assertThat(held(index, space)).isEqualTo(expected(index, space));
            assertThat(index.search(space.space(), "quake", Filter.ANYTHING, space.head(), 1_000))
                    .hasSize(600);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8})
    void afterAKillGoesOnFromACheckpointThatIsNeverAhead(long seed) throws IOException {
        var random = new Random(seed);
        var limits = new OpenIndexes.Limits(2, 1, 150);
        try (var index = new LuceneTextIndex(temporary.resolve("a"), limits)) {
            for (int round = 0; round < 6; round++) {
                write(1 + random.nextInt(200));
                if (random.nextBoolean()) {
                    space.scribe.takeBack(space.say("q", "magnitude", number(random)));
                }
                space.follow(index);
                Path killed = temporary.resolve("killed-" + round);
                Folders.copy(temporary.resolve("a"), killed);
                try (var again = new LuceneTextIndex(killed)) {
                    assertThat(held(again, space))
                            .as("nothing up to the checkpoint is missing")
                            .containsAll(expectedUpTo(again));
                    space.catchUp(again);
                    assertThat(held(again, space)).isEqualTo(expected(again, space));
                }
            }
        }
    }

    @Test
    void aBuildCutShortLeavesNoCheckpoint() throws IOException {
        write(100);
        try (var index = open("a")) {
            index.apply(space.scribe.rows(), Checkpoint.UNFINISHED);
            Folders.copy(temporary.resolve("a"), temporary.resolve("killed"));
        }
        for (String folder : List.of("a", "killed")) {
            try (var again = open(folder)) {
                assertThat(again.checkpoint()).isEmpty();
                again.clear();
                again.apply(space.scribe.rows(), Checkpoint.UNFINISHED);
                again.apply(List.of(), space.checkpoint());
                assertThat(held(again, space)).isEqualTo(expected(again, space));
            }
        }
    }

    @Test
    void afterAFailureGoesBackToWhatIsDurable() throws IOException {
        try (var index = open("a")) {
            write(10);
            space.follow(index);
            var durable = index.checkpoint();
            write(10);
            space.follow(index);
            assertThat(index.checkpoint()).isNotEqualTo(durable);
            var broken = new Example("broken");
            broken.keep("m", "quake");
            Files.writeString(temporary.resolve("a/spaces/broken"), "in the way");
            assertThatThrownBy(() -> index.apply(broken.scribe.rows(), space.checkpoint()))
                    .isInstanceOf(StoreException.Unavailable.class)
                    .hasMessageContaining("text/broken");
            assertThat(index.checkpoint()).isEqualTo(durable);
            Files.delete(temporary.resolve("a/spaces/broken"));
            space.catchUp(index);
            assertThat(held(index, space)).isEqualTo(expected(index, space));
        }
    }

    @Test
    void anIndexOfAnEarlierLayoutIsAsIfItWereNotThereAndIsBuiltAgain() throws IOException {
        fill("a");
        var file = temporary.resolve("a/checkpoint");
        assertThat(Files.readString(file)).contains("layout 2\n");
        Files.writeString(file, Files.readString(file).replace("layout 2\n", ""));
        try (var index = open("a")) {
            assertThat(index.checkpoint()).isEmpty();
            index.clear();
            index.apply(space.scribe.rows(), space.checkpoint());
        }
        try (var index = open("a")) {
            assertThat(index.checkpoint()).contains(space.checkpoint());
            assertThat(held(index, space)).isEqualTo(expected(index, space));
        }
    }

    @Test
    void opensManySpacesButFewAtOnce() {
        var spaces = new ArrayList<Example>();
        var head = new Position(0);
        try (var index =
                new LuceneTextIndex(temporary.resolve("a"), new OpenIndexes.Limits(3, 2, 20_000))) {
            for (int round = 0; round < 2; round++) {
                var rows = new ArrayList<Row>();
                for (int i = 0; i < 8; i++) {
                    if (round == 0) {
                        spaces.add(new Example("space-" + i));
                    }
                    spaces.get(i).keep("m" + round, "quake number " + i);
                    rows.addAll(spaces.get(i).scribe.rows());
                    head = spaces.get(i).head();
                }
                index.apply(rows, spaces.getFirst().checkpoint());
                for (Example one : spaces) {
                    assertThat(held(index, one)).isEqualTo(expected(index, one));
                }
            }
        }
        try (var index = open("a")) {
            for (Example one : spaces) {
                assertThat(index.search(one.space(), "quake", Filter.ANYTHING, head, 10))
                        .hasSize(2);
            }
        }
    }

    private LuceneTextIndex open(String folder) {
        return new LuceneTextIndex(temporary.resolve(folder));
    }

    private void fill(String folder) {
        try (var index = open(folder)) {
            write(50);
            space.follow(index);
        }
    }

    private void write(int memories) {
        for (int i = 0; i < memories; i++) {
            space.keep("m-" + space.head().number(), "a quake was felt");
        }
    }

    private static Value number(Random random) {
        return Value.Numeric.of(random.nextInt(1_000) / 100.0);
    }

    private static Set<HeldRow> held(LuceneTextIndex index, Example space) {
        var rows = new HashSet<HeldRow>();
        index.rows(
                space.space(), row -> assertThat(rows.add(row)).as("held once: %s", row).isTrue());
        return rows;
    }

    private static Set<HeldRow> expected(LuceneTextIndex index, Example space) {
        var rows = new HashSet<HeldRow>();
        for (Row row : space.rowsHeld(index)) {
            var held = RowDocuments.held(row).orElseThrow();
            rows.add(
                    new HeldRow(
                            held.id(),
                            held.recorded().fromPosition(),
                            held.recorded().untilPosition()));
        }
        return rows;
    }

    /// The rows as they were at the checkpoint of an index, those that were closed later left out.
    private Set<HeldRow> expectedUpTo(LuceneTextIndex index) {
        long upTo = index.checkpoint().orElseThrow().position().number();
        var rows = expected(index, space);
        rows.removeIf(row ->
                row.fromPosition() > upTo
                        || (row.untilPosition() != Moments.OPEN && row.untilPosition() > upTo));
        return rows;
    }
}
