package dev.palimpsest.query.rank;

import dev.palimpsest.model.EntityId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The order of hits. A fact whose subject is a better hit folds under it.
public final class Ranking {

    /// The most facts that fold under one hit; further ones are left out.
    public static final int MOST_FOLDED = 50;

    private Ranking() {}

    /// A hit to be, with what folds under it, best first.
    public record Ranked(Judged judged, List<Judged> folded) {
        public Ranked {
            folded = List.copyOf(folded);
        }
    }

    /// The best `limit`, each with its facts.
    public static List<Ranked> best(List<Judged> judged, int limit) {
        var sorted = new ArrayList<>(judged);
        sorted.sort(Judged.BEST_FIRST);
        var tops = new ArrayList<Judged>();
        Map<EntityId, List<Judged>> folds = new HashMap<>();
        for (var one : sorted) {
            var under =
                    one.candidate() instanceof Candidate.OfFact(var row)
                            ? folds.get(row.version().subject())
                            : null;
            if (under != null) {
                if (under.size() < MOST_FOLDED) {
                    under.add(one);
                }
            } else if (tops.size() < limit) {
                tops.add(one);
                if (one.candidate() instanceof Candidate.OfEntity(var profile, long _)) {
                    folds.put(profile.entity(), new ArrayList<>());
                }
            }
        }
        return tops.stream().map(top -> new Ranked(top, foldedUnder(top, folds))).toList();
    }

    private static List<Judged> foldedUnder(Judged top, Map<EntityId, List<Judged>> folds) {
        return top.candidate() instanceof Candidate.OfEntity(var profile, long _)
                ? folds.getOrDefault(profile.entity(), List.of())
                : List.of();
    }
}
