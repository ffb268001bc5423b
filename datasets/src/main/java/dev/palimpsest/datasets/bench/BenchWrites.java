package dev.palimpsest.datasets.bench;

import static dev.palimpsest.datasets.bench.Figures.seconds;
import static java.util.Locale.ROOT;

import dev.palimpsest.api.Failure;
import dev.palimpsest.model.Space;
import dev.palimpsest.model.SpaceId;
import dev.palimpsest.query.index.Followers;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Measures what durable writes cost, and when they can be found.
@Command(
        name = "write",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        description = {
            "Write made-up facts into a space of their own, durably: one a post, then 50 a post,"
                    + " then one a post while no projection follows, with many clients at once;"
                    + " then memories until their meaning can be found."
        })
final class BenchWrites implements Callable<Integer> {

    private static final SpaceId SPACE = new SpaceId("bench");
    private static final String PATH = "/v1/spaces/" + SPACE.value();
    private static final int ROWS_OF_A_POST = 50;
    private static final int MOST_CLIENTS = 1_024;
    private static final int MOST_SECONDS = 600;
    private static final int MOST_MEMORIES = 100_000;

    @Option(
            names = "--clients",
            paramLabel = "N",
            description = "How many clients post at once; usually ${DEFAULT-VALUE}.")
    int clients = 64;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "For how long each kind is posted; usually ${DEFAULT-VALUE}.")
    int seconds = 20;

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            description = "For how long each kind is posted before that; usually ${DEFAULT-VALUE}.")
    int warmUp = 10;

    @Option(
            names = "--memories",
            paramLabel = "N",
            description = "How many memories; usually ${DEFAULT-VALUE}.")
    int memories = 1_000;

    @Mixin BenchStore.Flags flags = new BenchStore.Flags();

    @Spec CommandSpec spec = CommandSpec.create();

    /// Sets the rows of this run apart from those of others in the same folder.
    private final String run = "run" + Instant.now().toEpochMilli() + "-";

    @Override
    public Integer call() throws IOException, InterruptedException {
        requireBounds();
        boolean failed = false;
        try (var store = flags.open()) {
            Circumstances.lines(spec, store.folder()).forEach(System.out::println);
            System.out.printf(ROOT, "rows     %s%n", MadeRows.FACTS);
            store.doors().writes().makeSpace(new Space(SPACE, false));
            failed |= measureFacts(store, 1, Projections.FOLLOW);
            failed |= measureFacts(store, ROWS_OF_A_POST, Projections.FOLLOW);
            failed |= measureFacts(store, 1, Projections.STAND_STILL);
            measureMemories(store);
            System.out.printf(
                    ROOT,
                    "disk     bytes of %s%n",
                    Figures.list(FolderSize.byPart(store.folder())));
            System.out.printf(ROOT, "load     %.1f at the end%n", Circumstances.load());
        }
        return failed ? Failure.ASKED : 0;
    }

    private void requireBounds() {
        requireBetween("--clients", 1, clients, MOST_CLIENTS);
        requireBetween("--seconds", 1, seconds, MOST_SECONDS);
        requireBetween("--warm-up", 0, warmUp, MOST_SECONDS);
        requireBetween("--memories", 0, memories, MOST_MEMORIES);
    }

    private static void requireBetween(String flag, int least, int value, int most) {
        if (value < least || value > most) {
            throw Failure.untried(
                    flag + " must lie between " + least + " and " + most + ": " + value);
        }
    }

    /// @return whether anything failed
    private boolean measureFacts(BenchStore store, int rowsOfAPost, Projections projections)
            throws IOException, InterruptedException {
        var swarm = new Swarm(store.url(), PATH + "/facts?wait=durable", clients);
        swarm.post(
                client -> facts("warm-up-" + projections, client, rowsOfAPost),
                Duration.ofSeconds(warmUp));
        store.requireCaughtUp();
        System.out.println();
        System.out.printf(
                ROOT,
                "facts, %d a post, wait=durable, %d clients, %d s after %d s of warm-up%s%n",
                rowsOfAPost,
                clients,
                seconds,
                warmUp,
                projections.inWords);
        var phase =
                WritePhase.run(
                        store,
                        swarm,
                        client -> facts(projections + "-", client, rowsOfAPost),
                        rowsOfAPost,
                        Duration.ofSeconds(seconds),
                        projections.hold(store));
        phase.printLines();
        if (projections == Projections.STAND_STILL && phase.swarm().turnedAway() > 0) {
            throw Failure.untried(
                    "projections lay so far behind that writes were turned away; give fewer"
                            + " --seconds");
        }
        return phase.swarm().failures() > 0;
    }

    /// What projections do while facts are posted.
    private enum Projections {
        FOLLOW(""),
        STAND_STILL(", while no projection follows (after a warm-up while they do)");

        private final String inWords;

        Projections(String inWords) {
            this.inWords = inWords;
        }

        Followers.Held hold(BenchStore store) {
            return this == FOLLOW ? () -> {} : store.inside().followers().hold();
        }
    }

    private Swarm.Rows facts(String part, int client, int rowsOfAPost) {
        var rows = new MadeRows(run + part + "-" + rowsOfAPost + "-" + client + "-", client);
        return rowsOfAPost == 1 ? rows::fact : () -> rows.facts(rowsOfAPost);
    }

    private void measureMemories(BenchStore store) throws IOException, InterruptedException {
        store.requireCaughtUp();
        var rows = new MadeRows(run + "memory-", 0);
        var cpu = CpuTime.now();
        long begin = System.nanoTime();
        try (var exchange = new Exchange(store.url())) {
            for (int left = memories; left > 0; left -= ROWS_OF_A_POST) {
                int count = Math.min(left, ROWS_OF_A_POST);
                var reply = exchange.post(PATH + "/memories?wait=durable", rows.memories(count));
                if (reply.status() != 200) {
                    throw Failure.asked(
                            "memories were answered with " + reply.status() + ": " + reply.body());
                }
            }
        }
        var written = Duration.ofNanos(System.nanoTime() - begin);
        store.requireCaughtUp();
        var embedded = Duration.ofNanos(System.nanoTime() - begin);
        var used = CpuTime.now().since(cpu).total();
        System.out.println();
        System.out.printf(
                ROOT,
                "memories, %d words each, %d a post, one client%n",
                MadeRows.WORDS_OF_A_MEMORY,
                ROWS_OF_A_POST);
        System.out.printf(
                ROOT,
                "  embedded %,d in %.1f s (durable after %.1f s): %.0f memories/s, %.0f per CPU"
                        + " second%n",
                memories,
                seconds(embedded),
                seconds(written),
                Figures.perSecond(memories, embedded),
                Figures.perSecond(memories, used));
    }
}
