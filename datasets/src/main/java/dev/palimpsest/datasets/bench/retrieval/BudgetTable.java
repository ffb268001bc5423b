package dev.palimpsest.datasets.bench.retrieval;

import static java.util.Locale.ROOT;

import dev.palimpsest.datasets.bench.fourd.Bootstrap;
import dev.palimpsest.datasets.bench.retrieval.AskedSpace.Asked;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which share of the evidence is told within a number of tokens, over questions that have an
/// answer.
public final class BudgetTable {

    private final long seed;

    /// By group, tokens and system.
    private final Map<String, Map<Integer, Map<String, List<Double>>>> told = new LinkedHashMap<>();

    /// @param seed by which questions are drawn again
    public BudgetTable(long seed) {
        this.seed = seed;
    }

    /// Whether a question counts.
    public static boolean counts(Asked asked) {
        return !asked.category().equals(Conversations.ADVERSARIAL);
    }

    /// Adds what a system told for a question.
    public void add(String group, int tokens, String system, Asked asked, Set<String> ids) {
        var met = new HashSet<>(asked.evidence());
        met.retainAll(ids);
        told.computeIfAbsent(group, _ -> new LinkedHashMap<>())
                .computeIfAbsent(tokens, _ -> new LinkedHashMap<>())
                .computeIfAbsent(system, _ -> new ArrayList<>())
                .add((double) met.size() / asked.evidence().size());
    }

    /// Lines to print; `better` is the system that is compared with `than`, question by question.
    public List<String> lines(String better, String than) {
        var lines = new ArrayList<String>();
        lines.add("");
        lines.add("evidence told within so many tokens");
        told.forEach((group, budgets) ->
                budgets.forEach((tokens, systems) -> {
                    systems.forEach((system, recalls) ->
                            lines.add(
                                    String.format(
                                            ROOT,
                                            "%-9s %,6d  %-28s %5d  %.3f",
                                            group,
                                            tokens,
                                            system,
                                            recalls.size(),
                                            of(systems, system).mean())));
                    lines.add(difference(group, tokens, systems, better, than));
                }));
        return lines;
    }

    private Bootstrap of(Map<String, List<Double>> systems, String system) {
        var recalls = array(systems, system);
        return Bootstrap.ofDifference(recalls, new double[recalls.length], seed);
    }

    private String difference(
            String group,
            int tokens,
            Map<String, List<Double>> systems,
            String better,
            String than) {
        var difference = Bootstrap.ofDifference(array(systems, better), array(systems, than), seed);
        return String.format(
                ROOT,
                "%-9s %,6d  %s above %s: %+.3f [%+.3f, %+.3f]",
                group,
                tokens,
                better,
                than,
                difference.mean(),
                difference.low(),
                difference.high());
    }

    private static double[] array(Map<String, List<Double>> systems, String system) {
        return systems.getOrDefault(system, List.of()).stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
    }
}
