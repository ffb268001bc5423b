package dev.palimpsest.datasets.bench;

import static java.util.Locale.ROOT;

import dev.palimpsest.api.Failure;
import dev.palimpsest.datasets.bench.retrieval.AskedSpace;
import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.Memory;
import dev.palimpsest.model.Profile;
import dev.palimpsest.model.Qualifiers;
import dev.palimpsest.model.SourceId;
import dev.palimpsest.model.Space;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.model.Value;
import dev.palimpsest.port.Statement;
import dev.palimpsest.port.WriteItem;
import dev.palimpsest.port.WriteRequest;
import dev.palimpsest.port.WriteResult.Outcome;
import dev.palimpsest.time.Interval;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Brings the memories of asked spaces through the write door.
final class AskedLoad {

    private final BenchStore store;

    AskedLoad(BenchStore store) {
        this.store = store;
    }

    /// Writes what is not there yet, waits until its meaning can be found too, and says what that
    /// cost.
    void load(List<AskedSpace> spaces) throws InterruptedException {
        long begin = System.nanoTime();
        var before = CpuTime.now();
        int kept = 0;
        for (var space : spaces) {
            kept += load(space);
        }
        store.requireCaughtUp();
        var cpu = CpuTime.now().since(before);
        System.out.printf(
                ROOT,
                "loaded   %,d memories of %d spaces; %.1f s wall, %.1f s CPU (database %.1f), %.2f ms"
                        + " a memory, embedding in it; evidence that names no memory: %d%n",
                kept,
                spaces.size(),
                Figures.seconds(Duration.ofNanos(System.nanoTime() - begin)),
                Figures.seconds(cpu.total()),
                Figures.seconds(cpu.database()),
                Figures.milliseconds(cpu.total(), kept),
                spaces.stream().mapToInt(AskedSpace::unknown).sum());
    }

    private int load(AskedSpace space) {
        var id = new SpaceId(space.name());
        if (store.doors().ledger().space(id).isPresent()) {
            return 0;
        }
        store.doors().writes().makeSpace(new Space(id, false));
        write(id, space.topics().entrySet().stream().map(AskedLoad::item).toList());
        write(id, space.memories().stream().map(AskedLoad::item).toList());
        return space.memories().size();
    }

    private void write(SpaceId space, List<WriteItem> items) {
        for (int from = 0; from < items.size(); from += WriteRequest.MOST_ITEMS) {
            int to = Math.min(from + WriteRequest.MOST_ITEMS, items.size());
            var request = new WriteRequest(space, items.subList(from, to), false, Optional.empty());
            for (var outcome : store.doors().writes().submit(request).join().outcomes()) {
                if (outcome instanceof Outcome.Refused(var refusal)) {
                    throw Failure.asked("refused: " + refusal);
                }
            }
        }
    }

    private static WriteItem item(Map.Entry<String, String> topic) {
        var entity = new EntityId(topic.getKey());
        var name =
                new Statement(
                        entity,
                        Profile.NAME,
                        new Value.Text(topic.getValue()),
                        Interval.since(Instant.EPOCH),
                        new SourceId("corpus"),
                        Qualifiers.NONE,
                        Optional.empty(),
                        Statement.Replaces.OVERLAP);
        return WriteItem.now(new WriteItem.Action.DescribeEntity(entity, List.of(name)));
    }

    private static WriteItem item(Memory memory) {
        return WriteItem.now(new WriteItem.Action.KeepMemory(memory));
    }
}
