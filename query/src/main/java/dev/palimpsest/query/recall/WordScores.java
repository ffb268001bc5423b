package dev.palimpsest.query.recall;

import dev.palimpsest.query.recall.Asked.Sought;
import java.util.List;

/// BM25 over memories, where a word is met by the best of its forms that a memory holds.
final class WordScores {

    static final double SATURATION = .9;
    static final double LENGTH = .4;

    private WordScores() {}

    /// Of every memory of a space.
    ///
    /// @param formsToo whether words of like meaning count
    static float[] ofAll(SpaceMemories memories, List<Sought> sought, boolean formsToo) {
        var words = memories.words();
        var scores = new float[memories.size()];
        var best = new float[memories.size()];
        double usual = memories.usualLength();
        for (var one : sought) {
            var met = new IntList();
            for (var form : one.forms()) {
                if (!formsToo && form.word() != one.word()) {
                    continue;
                }
                double worth = form.likeness() * words.rarity(form.word(), memories.size());
                for (int i = 0; i < words.having(form.word()); i++) {
                    int memory = words.memory(form.word(), i);
                    double often = words.count(form.word(), i);
                    float score =
                            (float)
                                    (worth
                                            * often
                                            / (often
                                                    + norm(
                                                            memories.memory(memory).length(),
                                                            usual)));
                    if (best[memory] == 0) {
                        met.add(memory);
                    }
                    best[memory] = Math.max(best[memory], score);
                }
            }
            for (int i = 0; i < met.size(); i++) {
                scores[met.get(i)] += best[met.get(i)];
                best[met.get(i)] = 0;
            }
        }
        return scores;
    }

    static double norm(double length, double usual) {
        return SATURATION * (1 - LENGTH + LENGTH * length / usual);
    }
}
