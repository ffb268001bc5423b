package dev.palimpsest.datasets.bench.retrieval;

import static java.util.Locale.ROOT;

import dev.palimpsest.datasets.bench.fourd.Bootstrap;
import dev.palimpsest.datasets.bench.retrieval.AskedSpace.Asked;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/// How much of the evidence each system found, by group and by category of question.
public final class RecallTable {

    private static final int MAIN = 10;

    private final long seed;

    /// By group, system and category; of every system the same questions in the same order.
    private final Map<String, Map<String, Map<String, List<Found>>>> found = new LinkedHashMap<>();

    /// @param seed by which questions are drawn again
    public RecallTable(long seed) {
        this.seed = seed;
    }

    /// Adds what a system found for a question.
    public void add(String group, String system, Asked asked, List<String> ranked) {
        found.computeIfAbsent(group, _ -> new LinkedHashMap<>())
                .computeIfAbsent(system, _ -> new LinkedHashMap<>())
                .computeIfAbsent(asked.category(), _ -> new ArrayList<>())
                .add(new Found(ranked, asked.evidence()));
    }

    /// Lines to print; `better` is the system that is compared with `than`, question by question.
    public List<String> lines(String better, String than) {
        var lines = new ArrayList<String>();
        found.forEach((group, systems) -> {
            lines.add("");
            lines.add(group);
            lines.add(
                    String.format(
                            ROOT,
                            "%-12s %-28s %5s  %6s  %-22s %6s %6s %7s %8s",
                            "category",
                            "system",
                            "asked",
                            "rec@5",
                            "rec@10 [95 %]",
                            "rec@20",
                            "rec@50",
                            "all@10",
                            "nDCG@10"));
            for (var category : categories(systems)) {
                systems.forEach((system, by) -> lines.add(line(category, system, by)));
                lines.add(difference(category, systems, better, than));
            }
        });
        return lines;
    }

    private static List<String> categories(Map<String, Map<String, List<Found>>> systems) {
        var categories = new TreeSet<String>();
        systems.values().forEach(by -> categories.addAll(by.keySet()));
        var all = new ArrayList<>(categories);
        if (all.size() > 1) {
            all.add(WITHOUT_ADVERSARIAL);
        }
        return all;
    }

    /// All questions that have an answer.
    private static final String WITHOUT_ADVERSARIAL = "answerable";

    private static List<Found> of(String category, Map<String, List<Found>> by) {
        if (!category.equals(WITHOUT_ADVERSARIAL)) {
            return by.getOrDefault(category, List.of());
        }
        return by.entrySet().stream()
                .filter(one -> !one.getKey().equals(Conversations.ADVERSARIAL))
                .flatMap(one -> one.getValue().stream())
                .toList();
    }

    private String line(String category, String system, Map<String, List<Found>> by) {
        var all = of(category, by);
        var main = Bootstrap.ofDifference(recalls(all, MAIN), new double[all.size()], seed);
        return String.format(
                ROOT,
                "%-12s %-28s %5d  %6.3f  %.3f [%.3f, %.3f]   %6.3f %6.3f %7.3f %8.3f",
                category,
                system,
                all.size(),
                mean(all, one -> one.recall(5)),
                main.mean(),
                main.low(),
                main.high(),
                mean(all, one -> one.recall(20)),
                mean(all, one -> one.recall(Found.DEPTH)),
                mean(all, Found::all),
                mean(all, Found::gain));
    }

    private String difference(
            String category,
            Map<String, Map<String, List<Found>>> systems,
            String better,
            String than) {
        var difference =
                Bootstrap.ofDifference(
                        recalls(of(category, systems.getOrDefault(better, Map.of())), MAIN),
                        recalls(of(category, systems.getOrDefault(than, Map.of())), MAIN),
                        seed);
        return String.format(
                ROOT,
                "%-12s %s above %s: rec@10 %+.3f [%+.3f, %+.3f]%s",
                category,
                better,
                than,
                difference.mean(),
                difference.low(),
                difference.high(),
                difference.isAboveZero() ? "" : "  not surely");
    }

    private static double[] recalls(List<Found> all, int first) {
        return all.stream().mapToDouble(one -> one.recall(first)).toArray();
    }

    private static double mean(List<Found> all, ToDoubleFunction<Found> measure) {
        return IntStream.range(0, all.size())
                .mapToDouble(i -> measure.applyAsDouble(all.get(i)))
                .average()
                .orElse(0);
    }
}
