package dev.palimpsest.query.recall;

import dev.palimpsest.query.recall.Asked.Sought;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.IntPredicate;

/// BM25 over memories, where a word is met by the best of its forms that a memory holds.
///
/// Holds a number for every memory of the space, so it is lent to one question after the other.
final class WordScores {

    static final double SATURATION = .9;
    static final double LENGTH = .4;

    private float[] scores = new float[0];
    private float[] best = new float[0];
    private final IntList met = new IntList();
    private final IntList metByOne = new IntList();

    /// Scores the memories anew.
    ///
    /// @param formsToo whether words of like meaning count
    void score(SpaceMemories memories, List<Sought> sought, boolean formsToo) {
        forget();
        if (scores.length < memories.size()) {
            int room = memories.size() + (memories.size() >> 2);
            scores = new float[room];
            best = new float[room];
        }
        for (var one : sought) {
            for (var form : one.forms()) {
                if (formsToo || form.word() == one.word()) {
                    meet(memories, form);
                }
            }
            for (int i = 0; i < metByOne.size(); i++) {
                int memory = metByOne.get(i);
                if (scores[memory] == 0) {
                    met.add(memory);
                }
                scores[memory] += best[memory];
                best[memory] = 0;
            }
            metByOne.clear();
        }
    }

    private void meet(SpaceMemories memories, Asked.Form form) {
        var words = memories.words();
        var table = memories.table();
        double worth = form.likeness() * words.rarity(form.word(), memories.size());
        double usual = memories.usualLength();
        int having = words.having(form.word());
        for (int i = 0; i < having; i++) {
            int memory = words.memory(form.word(), i);
            double often = words.count(form.word(), i);
            float score = (float) (worth * often / (often + norm(table.length(memory), usual)));
            if (best[memory] == 0) {
                metByOne.add(memory);
            }
            best[memory] = Math.max(best[memory], score);
        }
    }

    /// Of one memory; 0 if it holds none of the words.
    float of(int memory) {
        return scores[memory];
    }

    /// Those that pass and score best, best first; of equals the older.
    List<Integer> best(int most, IntPredicate passing) {
        var better =
                Comparator.<Integer>comparingDouble(this::of)
                        .thenComparing(Comparator.reverseOrder());
        var best = new PriorityQueue<>(better);
        float least = 0;
        for (int i = 0; i < met.size(); i++) {
            int memory = met.get(i);
            if (scores[memory] >= least && passing.test(memory)) {
                best.add(memory);
                if (best.size() > most) {
                    best.remove();
                    least = of(best.element());
                }
            }
        }
        return best.stream().sorted(better.reversed()).toList();
    }

    /// The best score there is.
    double highest() {
        double highest = 0;
        for (int i = 0; i < met.size(); i++) {
            highest = Math.max(highest, scores[met.get(i)]);
        }
        return highest;
    }

    private void forget() {
        for (int i = 0; i < met.size(); i++) {
            scores[met.get(i)] = 0;
        }
        met.clear();
    }

    static double norm(double length, double usual) {
        return SATURATION * (1 - LENGTH + LENGTH * length / usual);
    }
}
