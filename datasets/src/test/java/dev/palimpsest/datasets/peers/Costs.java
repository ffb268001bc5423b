package dev.palimpsest.datasets.peers;

import dev.palimpsest.datasets.bench.Durations;
import java.time.Duration;

/// What the questions of a class cost a system, and how right it was.
final class Costs {

    private final Durations wall = new Durations();
    private Duration cpu = Duration.ZERO;
    private int judged;
    private int wrong;
    private long shared;
    private long exact;

    void took(long nanos) {
        wall.add(nanos);
    }

    void used(Duration more) {
        cpu = cpu.plus(more);
    }

    /// @param isWrong whether something passes that must not, or the other way round
    void judged(boolean isWrong, int sharedHits, int exactHits) {
        judged++;
        wrong += isWrong ? 1 : 0;
        shared += sharedHits;
        exact += exactHits;
    }

    void add(Costs other) {
        wall.addAll(other.wall);
        cpu = cpu.plus(other.cpu);
        judged += other.judged;
        wrong += other.wrong;
        shared += other.shared;
        exact += other.exact;
    }

    /// Milliseconds for each question.
    double cpu() {
        return cpu.toNanos() / 1e6 / Math.max(1, wall.count());
    }

    double wall(double share) {
        return wall.percentile(share).toNanos() / 1e6;
    }

    int count() {
        return wall.count();
    }

    int judged() {
        return judged;
    }

    int wrong() {
        return wrong;
    }

    double overlap() {
        return exact == 0 ? 1 : (double) shared / exact;
    }
}
