package dev.palimpsest.datasets.bench;

import dev.palimpsest.api.Failure;
import dev.palimpsest.datasets.made.MadeData;
import dev.palimpsest.datasets.made.MadeWorld;
import dev.palimpsest.datasets.made.Selectivity;
import dev.palimpsest.question.Reader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Measures what questions in all four dimensions cost in a large store.
@Command(
        name = "latency",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        description = {
            "Make a store of many documents, once, and ask it questions in all four dimensions.",
            "",
            "The documents are made: their texts are mixed by a seed from some 40,000 real"
                    + " sentences, their vectors from those of the sentences. The questions come in"
                    + " five classes by the share of documents their hard part lets pass, and no"
                    + " two have the same text. Answers are compared with those of a reader that"
                    + " takes no short cuts."
        })
final class BenchLatency implements Callable<Integer> {

    private static final int IN_A_ROW = 25;
    private static final int MOST_QUESTIONS = 10_000;
    private static final long SEED = 4;
    private static final Duration LONGEST_REBUILD = Duration.ofHours(6);

    @Option(
            names = "--documents",
            paramLabel = "N",
            description = "How many embedded documents; usually ${DEFAULT-VALUE}.")
    int documents = 100_000;

    @Option(
            names = "--texts",
            required = true,
            paramLabel = "FOLDER",
            description =
                    "Where the real texts and places lie: locomo-dev, multihop, er, truth,"
                            + " temporal, air-routes.")
    Path texts = Path.of("");

    @Option(
            names = "--cache",
            required = true,
            paramLabel = "FOLDER",
            description = "Where stores are kept, one for each number of documents.")
    Path cache = Path.of("");

    @Option(
            names = "--questions",
            paramLabel = "N",
            description = "How many of each class are measured; usually ${DEFAULT-VALUE}.")
    int questions = 200;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            description =
                    "How many others of each class are asked before; usually"
                            + " ${DEFAULT-VALUE}.")
    int warmUp = 100;

    @Option(
            names = "--explained",
            paramLabel = "N",
            description =
                    "How many others of each class are asked for the time of each step;"
                            + " usually ${DEFAULT-VALUE}.")
    int explained = 50;

    @Option(
            names = "--compared",
            paramLabel = "N",
            description =
                    "How many answers of each class are compared with exact ones; usually"
                            + " ${DEFAULT-VALUE}.")
    int compared = 50;

    @Option(
            names = "--memories",
            description =
                    "Ask for memories by words alone, as agents do, instead of the five classes.")
    boolean memories;

    @Option(
            names = "--rebuild",
            split = ",",
            paramLabel = "NAME",
            description =
                    "Make these projections anew before, such as text,vectors: where another"
                            + " version made the store.")
    List<String> rebuild = List.of();

    @Spec CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, InterruptedException {
        requireSensible();
        var folder = cache.toAbsolutePath().normalize();
        var data = MadeData.read(texts);
        var world = data.world(documents);
        var opened = MadeStore.open(folder, data, world);
        try (var store = opened.store()) {
            store.rebuild(rebuild, LONGEST_REBUILD);
            var classes = classes(data, world, Instant.parse(opened.manifest().lastRecorded()));
            world = null;
            data = null;
            var report = new LatencyReport(opened.manifest(), classes);
            Circumstances.lines(spec, store.folder()).forEach(report::say);
            measure(store, classes);
            report.sayMemory(heapAfterCollection(classes), FolderSize.byPart(store.folder()));
            classes.forEach(one -> one.compare(store.inside().exact(), compared));
            report.say(
                    String.format(Locale.ROOT, "load     %.1f at the end", Circumstances.load()));
            report.print(System.out);
        }
        return 0;
    }

    private void requireSensible() {
        if (documents < MadeWorld.LEAST_DOCUMENTS || documents > MadeWorld.MOST_DOCUMENTS) {
            throw Failure.untried(
                    "--documents lies between "
                            + MadeWorld.LEAST_DOCUMENTS
                            + " and "
                            + MadeWorld.MOST_DOCUMENTS);
        }
        Predicate<Integer> wrong = count -> count < 0 || count > MOST_QUESTIONS;
        if (questions < 1 || Stream.of(questions, warmUp, explained, compared).anyMatch(wrong)) {
            throw Failure.untried(
                    "--questions lies between 1 and "
                            + MOST_QUESTIONS
                            + "; --warm-up, --explained and --compared from 0 on");
        }
    }

    private List<ClassOfQuestions> classes(MadeData data, MadeWorld world, Instant lastRecorded) {
        var made = data.questions(world, lastRecorded, SEED);
        if (memories) {
            return List.of(
                    new ClassOfQuestions(
                            "memories by words alone",
                            made.ofMemories(warmUp),
                            made.ofMemories(questions),
                            made.ofMemories(explained)));
        }
        return Stream.of(Selectivity.values())
                .map(one ->
                        new ClassOfQuestions(
                                one.words(),
                                made.of(one, warmUp),
                                made.of(one, questions),
                                made.of(one, explained)))
                .toList();
    }

    private static void measure(BenchStore store, List<ClassOfQuestions> classes) {
        Reader reader = store.doors().reader();
        classes.forEach(one -> one.warmUp(reader));
        // A few of each in turn, so that what disturbs the machine disturbs all alike.
        boolean left = true;
        while (left) {
            left = false;
            for (var one : classes) {
                left |= one.ask(reader, IN_A_ROW);
            }
        }
        classes.forEach(one -> one.embed(store.inside().embedder()));
        classes.forEach(one -> one.explain(reader));
    }

    /// @param kept is held meanwhile, so that it counts whatever the compiler thinks
    private static long heapAfterCollection(List<ClassOfQuestions> kept) {
        System.gc();
        long used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        return kept.isEmpty() ? 0 : used;
    }
}
