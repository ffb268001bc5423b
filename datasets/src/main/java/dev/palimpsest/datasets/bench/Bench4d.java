package dev.palimpsest.datasets.bench;

import static java.util.Locale.ROOT;

import dev.palimpsest.api.Failure;
import dev.palimpsest.datasets.bench.fourd.Bootstrap;
import dev.palimpsest.datasets.bench.fourd.SoleAnswer;
import dev.palimpsest.datasets.bench.fourd.SoleAnswers;
import dev.palimpsest.question.Dimension;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Measures how well four imprecise clues together find the one event they single out.
@Command(
        name = "4d",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        description = {
            "Ask for earthquakes by four imprecise clues - what, where, when and why - that by rule"
                    + " only one event of the week fits, and by fewer of them, and print how well"
                    + " each finds it.",
            "",
            "The questions are made from the catalogue by a seed; their words are none of the"
                    + " event's own name or place, and their numbers the middles of coarse classes"
                    + " (magnitude to the whole number, five of depth). MRR: the mean of 1 / rank, 0 beyond "
                    + SoleAnswer.DEPTH
                    + "."
        })
final class Bench4d implements Callable<Integer> {

    private static final int MOST_QUESTIONS = 1_000;

    @Option(
            names = "--questions",
            paramLabel = "N",
            description = "At most so many; usually ${DEFAULT-VALUE}.")
    int questions = 300;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "By which they are made and resampled; usually ${DEFAULT-VALUE}.")
    long seed = 1;

    @Mixin BenchStore.Flags flags = new BenchStore.Flags();

    @Spec CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (questions < 1 || questions > MOST_QUESTIONS) {
            throw Failure.untried("--questions lies between 1 and " + MOST_QUESTIONS);
        }
        var made = SoleAnswers.ofTheWeek(questions, seed);
        try (var store = flags.open()) {
            Circumstances.lines(spec, store.folder()).forEach(System.out::println);
            BenchQuestions.load(store);
            describe(made);
            try (var exchange = new Exchange(store.url())) {
                measure(exchange, made);
            }
        }
        return 0;
    }

    private void describe(List<SoleAnswer> made) {
        var needed =
                SoleAnswers.DIMENSIONS.stream()
                        .map(dimension ->
                                word(dimension)
                                        + " "
                                        + made.stream()
                                                .filter(one -> one.needed().contains(dimension))
                                                .count())
                        .collect(Collectors.joining(", "));
        System.out.printf(
                ROOT,
                "asked    %,d questions, seed %d; by rule all four clues fit one event, and without"
                        + " one of them more, in: %s%n",
                made.size(),
                seed,
                needed);
    }

    private void measure(Exchange exchange, List<SoleAnswer> made) throws IOException {
        var all = EnumSet.copyOf(SoleAnswers.DIMENSIONS);
        var four = FoundRanks.of(exchange, made, all);
        System.out.println();
        System.out.println(
                "asked with                 MRR    hit@1   hit@10   MRR of all four above it");
        printRow("all four", four);
        for (var dimensions : subsets(all)) {
            printComparison(dimensions, FoundRanks.of(exchange, made, dimensions), four);
        }
        System.out.println();
        System.out.printf(
                ROOT,
                "score    as the probability of being right, over the first hits: ECE %.3f, Brier"
                        + " %.3f; over all %,d hits: ECE %.3f, Brier %.3f. It is not fitted to be"
                        + " one.%n",
                four.first().expectedError(),
                four.first().brier(),
                four.every().count(),
                four.every().expectedError(),
                four.every().brier());
    }

    /// Three, two, one.
    private static List<Set<Dimension>> subsets(Set<Dimension> all) {
        var subsets = new ArrayList<Set<Dimension>>();
        for (int size = all.size() - 1; size > 0; size--) {
            for (int bits = 1; bits < 1 << all.size(); bits++) {
                if (Integer.bitCount(bits) == size) {
                    var chosen = EnumSet.noneOf(Dimension.class);
                    int bit = 0;
                    for (var dimension : all) {
                        if ((bits >> bit & 1) == 1) {
                            chosen.add(dimension);
                        }
                        bit++;
                    }
                    subsets.add(chosen);
                }
            }
        }
        return subsets;
    }

    private void printComparison(Set<Dimension> dimensions, FoundRanks found, FoundRanks four) {
        var gain = Bootstrap.ofDifference(four.reciprocalRanks(), found.reciprocalRanks(), seed);
        printRow(
                dimensions.stream().map(Bench4d::word).collect(Collectors.joining(" ")),
                found,
                String.format(
                        ROOT,
                        "%+.3f [%+.3f, %+.3f]%s",
                        gain.mean(),
                        gain.low(),
                        gain.high(),
                        gain.isAboveZero() ? "" : "  not surely"));
    }

    private static void printRow(String words, FoundRanks found, String more) {
        System.out.printf(
                ROOT,
                "%-22s %7.3f  %7.3f  %7.3f   %s%n",
                words,
                found.meanReciprocalRank(),
                found.hitsWithin(1),
                found.hitsWithin(10),
                more);
    }

    private static void printRow(String words, FoundRanks found) {
        printRow(words, found, "");
    }

    private static String word(Dimension dimension) {
        return dimension.name().toLowerCase(Locale.ROOT);
    }
}
