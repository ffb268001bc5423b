package dev.palimpsest.query.recall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.model.Memory;
import dev.palimpsest.model.MemoryId;
import dev.palimpsest.model.RowId;
import dev.palimpsest.model.SourceId;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.Gone;
import dev.palimpsest.port.Projection.Checkpoint;
import dev.palimpsest.port.Row;
import dev.palimpsest.time.Position;
import dev.palimpsest.time.Recorded;
import dev.palimpsest.time.Stamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class RecollectionForgetsTest {

    private static final SpaceId SPACE = new SpaceId("s");
    private static final long SEED = 23;
    private static final int MEMORIES = 300;
    private static final int ENTITIES = 20;
    private static final int SESSIONS = 12;
    private static final List<String> WORDS =
            IntStream.range(0, 60).mapToObj(i -> "word" + (char) ('a' + i % 26) + i).toList();

    private final SplittableRandom random = new SplittableRandom(SEED);

    @AutoClose private final Recollection one = new Recollection();

    @AutoClose private final Recollection other = new Recollection();

    private final UUID epoch = new UUID(1, 2);

    @Test
    void whatIsLeftIsAsIfTheRestHadNeverBeenKept() {
        var all = memories();
        apply(one, all.subList(0, MEMORIES / 2));
        var gone = all.stream().filter(_ -> random.nextBoolean()).toList();
        var goneEarly = gone.stream().filter(row -> row.node() % 2 == 0).toList();
        forget(one, goneEarly.stream().filter(all.subList(0, MEMORIES / 2)::contains).toList());
        apply(one, all.subList(MEMORIES / 2, MEMORIES));
        forget(one, gone);
        apply(other, all.stream().filter(row -> !gone.contains(row)).toList());

        assertThat(one.<Map<String, Object>>read(SPACE, RecollectionForgetsTest::seen))
                .as("seed %d", SEED)
                .isEqualTo(other.<Map<String, Object>>read(SPACE, RecollectionForgetsTest::seen));
    }

    @Test
    void whatIsSaidAfterTheLastOfASessionWasForgottenFollowsTheOneBefore() {
        var first = memory(0, "s", "wordA here", List.of());
        var last = memory(1, "s", "wordB here", List.of());
        var later = memory(2, "s", "wordC here", List.of());
        apply(one, List.of(first, last));
        forget(one, List.of(last));
        apply(one, List.of(later));
        assertThat(one.<Integer>read(SPACE, memories -> memories.table().next(0))).isEqualTo(2);
    }

    private List<Row.OfMemory> memories() {
        var rows = new ArrayList<Row.OfMemory>();
        for (int i = 0; i < MEMORIES; i++) {
            var text =
                    random.ints(1 + random.nextInt(12), 0, WORDS.size())
                            .mapToObj(WORDS::get)
                            .collect(Collectors.joining(" "));
            var mentions = random.longs(random.nextInt(3), 1, ENTITIES).distinct().boxed().toList();
            rows.add(memory(i, "s" + random.nextInt(SESSIONS), text, mentions));
        }
        return rows;
    }

    private static Row.OfMemory memory(
            int number, String session, String text, List<Long> mentions) {
        var memory =
                new Memory(
                        new MemoryId("m" + number),
                        text,
                        Optional.empty(),
                        Optional.of("agent"),
                        Optional.of(session),
                        Optional.of(number % 2 == 0 ? "Ada" : "Bob"),
                        Optional.empty(),
                        List.of(),
                        new SourceId("us"),
                        "{}");
        var stamp = new Stamp(new Position(number + 1), Instant.EPOCH);
        return new Row.OfMemory(
                SPACE,
                RowId.of(stamp, 0),
                memory,
                ENTITIES + number + 1,
                mentions,
                Recorded.since(stamp));
    }

    private void apply(Recollection recollection, List<Row.OfMemory> rows) {
        recollection.apply(List.copyOf(rows), new Checkpoint(epoch, new Position(MEMORIES)));
    }

    private static void forget(Recollection recollection, List<Row.OfMemory> rows) {
        recollection.drop(
                rows.stream()
                        .<Gone>map(row -> new Gone.OfMemory(SPACE, row.id(), row.node(), false))
                        .toList());
    }

    private static Map<String, Object> seen(SpaceMemories memories) {
        var words = memories.words();
        var table = memories.table();
        var seen = new TreeMap<String, Object>();
        for (int word = 0; word < words.size(); word++) {
            List<RowId> holding = new ArrayList<>();
            for (int i = 0; i < words.having(word); i++) {
                holding.add(table.id(words.memory(word, i)));
            }
            if (!holding.isEmpty()) {
                seen.put("word " + words.word(word), holding);
            }
        }
        for (long node = 1; node < ENTITIES; node++) {
            var about = memories.about(node);
            seen.put(
                    "about " + node,
                    IntStream.range(0, about.size())
                            .mapToObj(i -> table.id(about.get(i)))
                            .toList());
        }
        for (int number = 0; number < table.size(); number++) {
            if (!table.isForgotten(number)) {
                seen.put("beside " + table.id(number), beside(table, number));
            }
        }
        seen.put("usual length", memories.usualLength());
        return seen;
    }

    private static List<Optional<RowId>> beside(MemoryTable table, int number) {
        return IntStream.of(table.previous(number), table.next(number))
                .mapToObj(near ->
                        near == MemoryTable.NONE
                                ? Optional.<RowId>empty()
                                : Optional.of(table.id(near)))
                .toList();
    }
}
