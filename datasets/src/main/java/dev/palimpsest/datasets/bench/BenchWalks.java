package dev.palimpsest.datasets.bench;

import static java.util.Locale.ROOT;

import dev.palimpsest.api.Failure;
import dev.palimpsest.query.index.adjacency.ChainEnds;
import dev.palimpsest.query.index.adjacency.Holding;
import dev.palimpsest.time.Moments;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.LongToIntFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Measures what a walk over the adjacency costs.
@Command(
        name = "walks",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        description = {
            "Make a graph in memory, walk it again and again from nodes drawn by a seed, as of a"
                    + " position and a moment, and print the CPU time of each walk."
        })
final class BenchWalks implements Callable<Integer> {

    private static final int MOST = 10_000_000;
    private static final int ROUNDS = 5;
    private static final long SEED = 20_180_206;
    private static final int MOMENT = 900;

    @Option(
            names = "--entities",
            paramLabel = "N",
            description = "How many; usually ${DEFAULT-VALUE}.")
    int entities = 30_000;

    @Option(
            names = "--facts",
            paramLabel = "N",
            description = "How many, between any two of them; usually ${DEFAULT-VALUE}.")
    int facts = 150_000;

    @Option(
            names = "--times",
            paramLabel = "N",
            description = "Walks of each kind and round; usually ${DEFAULT-VALUE}.")
    int times = 20_000;

    @Spec CommandSpec spec = CommandSpec.create();

    private interface Walk extends LongToIntFunction {}

    @Override
    public Integer call() throws IOException {
        for (int count : List.of(entities, facts, times)) {
            if (count < 1 || count > MOST) {
                throw Failure.untried(
                        "--entities, --facts and --times lie between 1 and " + MOST + ": " + count);
            }
        }
        Circumstances.lines(spec, Path.of("").toAbsolutePath()).forEach(System.out::println);
        var graph = new WalkedGraph(SEED, entities, facts);
        var adjacency = graph.adjacency();
        var at = graph.head();
        var moment = new Holding.At(Moments.toMicros(WalkedGraph.day(MOMENT)), false);
        System.out.printf(
                ROOT,
                "graph    %,d entities, %,d facts between them, seed %d%n%n",
                entities,
                facts,
                SEED);
        for (int hops = 1; hops <= 3; hops++) {
            int far = hops;
            measure(
                    graph,
                    hops + " hops, either way, valid at a moment",
                    node ->
                            adjacency
                                    .within(WalkedGraph.SPACE, node, far, moment, at)
                                    .nodes()
                                    .length);
        }
        for (int hops = 2; hops <= 4; hops += 2) {
            int far = hops;
            measure(
                    graph,
                    hops + " hops to causes, the strongest chain to each",
                    node ->
                            adjacency
                                    .onChains(
                                            WalkedGraph.SPACE,
                                            ChainEnds.toEffect(node, far),
                                            at,
                                            false)
                                    .nodes()
                                    .length);
        }
        return 0;
    }

    /// Several rounds, the first ones to warm up; the last is printed.
    private void measure(WalkedGraph graph, String name, Walk walk) {
        long reached = 0;
        var cpu = Duration.ZERO;
        for (int round = 0; round < ROUNDS; round++) {
            reached = 0;
            var before = CpuTime.ofThisThread();
            for (int time = 0; time < times; time++) {
                reached += walk.applyAsInt(graph.someEntity());
            }
            cpu = CpuTime.ofThisThread().minus(before);
        }
        System.out.printf(
                ROOT,
                "%-45s %9.2f us CPU, %8.1f nodes%n",
                name,
                Figures.microseconds(cpu, times),
                (double) reached / times);
    }
}
