package dev.palimpsest.datasets.bench.retrieval;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What a ranking is worth for one question.
///
/// @param ranked the ids found, best first
/// @param evidence those that should be
public record Found(List<String> ranked, Set<String> evidence) {

    /// As deep as a ranking is looked at.
    public static final int DEPTH = 50;

    private static final int USUAL = 10;

    public Found {
        ranked = List.copyOf(ranked);
    }

    /// Which share of the evidence is among the first.
    public double recall(int first) {
        var among = new HashSet<>(ranked.subList(0, Math.min(first, ranked.size())));
        among.retainAll(evidence);
        return (double) among.size() / evidence.size();
    }

    /// 1 if all evidence is among the first ten.
    public double all() {
        return recall(USUAL) == 1 ? 1 : 0;
    }

    /// Normalised discounted cumulative gain of the first ten.
    public double gain() {
        double gain = 0;
        double most = 0;
        for (int rank = 0; rank < USUAL; rank++) {
            double worth = Math.log(2) / Math.log(rank + 2.0);
            if (rank < ranked.size() && evidence.contains(ranked.get(rank))) {
                gain += worth;
            }
            if (rank < evidence.size()) {
                most += worth;
            }
        }
        return gain / most;
    }
}
