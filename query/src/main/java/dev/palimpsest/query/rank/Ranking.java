package dev.palimpsest.query.rank;

import dev.palimpsest.question.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The order of hits. A fact whose subject is a better hit folds under it.
public final class Ranking {

    /// The most facts that fold under one hit; further ones are left out.
    public static final int MOST_FOLDED = 50;

    private Ranking() {}

    /// A hit to be, with what folds under it, best first.
    public record Ranked<C extends Judgeable>(Judged<C> judged, List<Judged<C>> folded) {
        public Ranked {
            folded = List.copyOf(folded);
        }

        /// The hit and what folds under it.
        public Stream<Judged<C>> all() {
            return Stream.concat(Stream.of(judged), folded.stream());
        }
    }

    /// The best `limit`, each with its facts.
    public static <C extends Judgeable> List<Ranked<C>> best(List<Judged<C>> judged, int limit) {
        var sorted = new ArrayList<>(judged);
        sorted.sort(Judged.bestFirst());
        var tops = new ArrayList<Judged<C>>();
        Map<Long, List<Judged<C>>> folds = new HashMap<>();
        for (var one : sorted) {
            var under = one.candidate().kind() == Kind.FACT ? folds.get(node(one)) : null;
            if (under != null) {
                if (under.size() < MOST_FOLDED) {
                    under.add(one);
                }
            } else if (tops.size() < limit) {
                tops.add(one);
                if (one.candidate().kind() == Kind.ENTITY) {
                    folds.put(node(one), new ArrayList<>());
                }
            }
        }
        return tops.stream().map(top -> new Ranked<>(top, foldedUnder(top, folds))).toList();
    }

    private static <C extends Judgeable> List<Judged<C>> foldedUnder(
            Judged<C> top, Map<Long, List<Judged<C>>> folds) {
        return top.candidate().kind() == Kind.ENTITY
                ? folds.getOrDefault(node(top), List.of())
                : List.of();
    }

    /// The entity, or the subject of the fact.
    private static Long node(Judged<?> judged) {
        return judged.candidate().nodes().getFirst();
    }
}
