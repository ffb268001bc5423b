package dev.palimpsest.query.recall;

import dev.palimpsest.time.Position;
import java.util.HashMap;
import java.util.Map;

/// Grades memories by all that speaks for them. What has no natural end of its scale is measured
/// against the best of the memories it was made for.
final class Signals {

    /// A text of so many words, as a logarithm, counts as long.
    private static final double LONG = 5;

    private static final double UNDECIDED = .5;

    private final MemoryTable table;
    private final Asked asked;
    private final Surroundings surroundings;
    private final Map<Integer, Double> cosines;
    private final double bestAlone;
    private final double bestAsWritten;
    private final double bestNear;
    private final double bestFar;
    private final double bestCosine;
    private final Map<Integer, Surroundings.Met> met = new HashMap<>();

    /// @param cosines of memories with the question; one that is missing counts 0
    Signals(
            SpaceMemories memories,
            Asked asked,
            Position at,
            Iterable<Integer> among,
            Map<Integer, Double> cosines) {
        this.table = memories.table();
        this.asked = asked;
        this.surroundings = new Surroundings(memories, asked, at);
        this.cosines = cosines;
        double alone = 0;
        double asWritten = 0;
        double near = 0;
        double far = 0;
        for (int number : among) {
            var one = surroundings.of(number);
            met.put(number, one);
            alone = Math.max(alone, one.alone());
            asWritten = Math.max(asWritten, one.asWritten());
            near = Math.max(near, one.near());
            far = Math.max(far, one.far());
        }
        this.bestAlone = alone;
        this.bestAsWritten = asWritten;
        this.bestNear = near;
        this.bestFar = far;
        this.bestCosine =
                cosines.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
    }

    double of(int number) {
        return of(number, cosines.getOrDefault(number, 0.0));
    }

    double of(int number, double cosine) {
        var words = met.computeIfAbsent(number, surroundings::of);
        double meaning = share(cosine, bestCosine);
        double speaker = speaks(number);
        double alone =
                table.isInSession(number)
                        ? share(words.alone(), bestAlone)
                        : share(words.asWritten(), bestAsWritten);
        var signals =
                new Weights(
                        alone,
                        share(words.near(), bestNear),
                        share(words.far(), bestFar),
                        meaning,
                        words.covered(),
                        speaker,
                        speaker * meaning,
                        Math.min(1, Math.log1p(table.textLength(number)) / LONG));
        return (table.isInSession(number) ? Weights.OF_TURNS : Weights.OF_NOTES).sum(signals);
    }

    private double speaks(int number) {
        if (asked.speakers().size() != 1) {
            return UNDECIDED;
        }
        return table.isSpokenBy(number, asked.speakers()) ? 1 : 0;
    }

    static double share(double score, double best) {
        return best <= 0 ? 0 : Math.clamp(score / best, 0, 1);
    }
}
