package dev.palimpsest.datasets.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.palimpsest.api.Failure;
import dev.palimpsest.datasets.made.MadeData;
import dev.palimpsest.datasets.made.MadeWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// A store with a made world in it, made once and kept in a folder. A file beside it says what is
/// in it, and is written last: without it the store is unfinished.
public final class MadeStore {

    private static final Duration LONGEST_LEVELLING = Duration.ofHours(6);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private MadeStore() {}

    /// What was made and what that took.
    ///
    /// @param items writes, registrations and second sources and changes among them
    /// @param embedded texts whose vectors were put there beforehand
    /// @param lastRecorded when the last write is said to have been recorded
    /// @param writeSeconds until all was durable
    /// @param levelSeconds until all projections were level
    /// @param programCpuSeconds of this program in that time
    /// @param databaseCpuSeconds of its database
    /// @param heapMegabytes the most heap the program was allowed
    public record Manifest(
            int documents,
            long items,
            long embedded,
            String lastRecorded,
            double writeSeconds,
            double levelSeconds,
            double programCpuSeconds,
            double databaseCpuSeconds,
            long heapMegabytes,
            String made) {}

    /// An open store and what is in it.
    public record Opened(BenchStore store, Manifest manifest) {}

    /// Opens the store of that world, making it if it is not there.
    public static Opened open(Path cache, MadeData data, MadeWorld world)
            throws IOException, InterruptedException {
        Files.createDirectories(cache);
        var folder = cache.resolve("store-" + world.size());
        var file = cache.resolve("store-" + world.size() + ".json");
        if (!Files.exists(file)) {
            requireNothing(folder);
            make(folder, file, data, world, cache);
        }
        var manifest = JSON.readValue(file.toFile(), Manifest.class);
        return new Opened(BenchStore.at(folder), manifest);
    }

    private static void requireNothing(Path folder) {
        if (Files.exists(folder)) {
            throw Failure.untried(
                    folder + " was not made to the end; delete it, and it is made again");
        }
    }

    private static void make(Path folder, Path file, MadeData data, MadeWorld world, Path cache)
            throws IOException, InterruptedException {
        try (var store = BenchStore.at(folder)) {
            var cpu = CpuTime.now();
            long begin = System.nanoTime();
            var inside = store.inside();
            var done =
                    data.load(
                            world,
                            store.doors().writes(),
                            inside.embeddings(),
                            inside.embedder(),
                            cache);
            double writeSeconds = since(begin);
            System.err.printf("written  after %.0f s; levelling%n", writeSeconds);
            store.requireCaughtUp(LONGEST_LEVELLING);
            var spent = CpuTime.now().since(cpu);
            var manifest =
                    new Manifest(
                            world.size(),
                            done.items(),
                            done.embedded(),
                            done.lastRecorded().toString(),
                            writeSeconds,
                            since(begin),
                            Figures.seconds(spent.program()),
                            Figures.seconds(spent.database()),
                            Runtime.getRuntime().maxMemory() >> 20,
                            Instant.now().truncatedTo(ChronoUnit.MINUTES).toString());
            var unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
            JSON.writerWithDefaultPrettyPrinter().writeValue(unfinished.toFile(), manifest);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static double since(long begin) {
        return Figures.seconds(Duration.ofNanos(System.nanoTime() - begin));
    }
}
