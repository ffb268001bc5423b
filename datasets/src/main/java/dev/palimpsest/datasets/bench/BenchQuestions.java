package dev.palimpsest.datasets.bench;

import static dev.palimpsest.datasets.bench.Figures.milliseconds;
import static java.util.Locale.ROOT;

import dev.palimpsest.api.Failure;
import dev.palimpsest.datasets.bench.AskedQuestion.Cost;
import dev.palimpsest.datasets.demo.DemoQuestions;
import dev.palimpsest.datasets.demo.EarthquakeLoad;
import dev.palimpsest.datasets.earthquakes.EarthquakeItems;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Measures what the demo's questions cost.
@Command(
        name = "questions",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        description = {
            "Load the demo's earthquakes, ask the demo's questions again and again, one after the"
                    + " other, and print how long they took."
        })
final class BenchQuestions implements Callable<Integer> {

    private static final int MOST_TIMES = 100_000;
    private static final int IN_A_ROW = 10;
    private static final String PATH = "/v1/spaces/" + EarthquakeItems.SPACE.value() + "/retrieve";

    @Option(
            names = "--times",
            paramLabel = "N",
            description = "How often each is asked; usually ${DEFAULT-VALUE}.")
    int times = 200;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            description = "How often each is asked before that; usually ${DEFAULT-VALUE}.")
    int warmUp = 200;

    @Mixin BenchStore.Flags flags = new BenchStore.Flags();

    @Spec CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (times < 1 || times > MOST_TIMES || warmUp < 0 || warmUp > MOST_TIMES) {
            throw Failure.untried("--times lies between 1 and 100000, --warm-up from 0 to 100000");
        }
        try (var store = flags.open()) {
            Circumstances.lines(spec, store.folder()).forEach(System.out::println);
            load(store);
            // Opened after loading, for the server ends connections that are idle for long.
            try (var exchange = new Exchange(store.url())) {
                measure(exchange);
            }
            printMemory();
            System.out.printf(
                    ROOT,
                    "disk     bytes of %s%n",
                    Figures.list(FolderSize.byPart(store.folder())));
            System.out.printf(ROOT, "load     %.1f at the end%n", Circumstances.load());
        }
        return 0;
    }

    static void load(BenchStore store) throws InterruptedException {
        if (store.doors().ledger().space(EarthquakeItems.SPACE).isPresent()) {
            return;
        }
        long begin = System.nanoTime();
        long written = EarthquakeLoad.into(store.doors().writes()).written();
        store.requireCaughtUp();
        System.out.printf(
                ROOT,
                "loaded   %,d items; searchable and embedded after %.1f s%n",
                written,
                Figures.seconds(Duration.ofNanos(System.nanoTime() - begin)));
    }

    private void measure(Exchange exchange) throws IOException {
        var asked = DemoQuestions.ALL.stream().map(AskedQuestion::new).toList();
        for (var one : asked) {
            one.requireRight(exchange, PATH);
        }
        ask(exchange, asked, warmUp);
        asked.forEach(AskedQuestion::forget);
        ask(exchange, asked, times);
        printTable(asked);
    }

    /// A few of each in turn, so that what disturbs the machine for a while disturbs all alike.
    private static void ask(Exchange exchange, List<AskedQuestion> asked, int times)
            throws IOException {
        for (int left = times; left > 0; left -= IN_A_ROW) {
            for (var one : asked) {
                one.ask(exchange, PATH, Math.min(left, IN_A_ROW));
            }
        }
    }

    private static void printTable(List<AskedQuestion> asked) {
        System.out.println();
        System.out.println("wall ms: mean      p50      p99   CPU ms: mean  program  database");
        var all = new Cost();
        for (var one : asked) {
            printRow(one.cost(), one.words());
            all.add(one.cost());
        }
        printRow(all, "overall");
        System.out.println();
        System.out.printf(
                ROOT,
                "asked    %,d questions by one client over HTTP, each kind equally often. CPU is all"
                        + " that store and database used meanwhile, in every thread and process;"
                        + " the thread that asked (%.2f ms each) is left out.%n",
                all.wall().count(),
                milliseconds(all.asking(), all.wall().count()));
    }

    private static void printRow(Cost cost, String words) {
        var wall = cost.wall();
        var cpu = cost.cpu();
        System.out.printf(
                ROOT,
                "%13.2f %8.2f %8.2f %14.2f %8.2f %9.2f   %s%n",
                milliseconds(wall.mean()),
                milliseconds(wall.percentile(.5)),
                milliseconds(wall.percentile(.99)),
                milliseconds(cpu.total(), wall.count()),
                milliseconds(cpu.program(), wall.count()),
                milliseconds(cpu.database(), wall.count()),
                words);
    }

    private static void printMemory() {
        System.gc();
        var memory = ManagementFactory.getMemoryMXBean();
        System.out.printf(
                ROOT,
                "memory   heap %,d MB after a collection, other of the JVM's %,d MB%n",
                memory.getHeapMemoryUsage().getUsed() >> 20,
                memory.getNonHeapMemoryUsage().getUsed() >> 20);
    }
}
