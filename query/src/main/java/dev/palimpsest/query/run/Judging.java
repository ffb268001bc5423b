package dev.palimpsest.query.run;

import dev.palimpsest.query.index.lucene.Match;
import dev.palimpsest.query.plan.Plan;
import dev.palimpsest.query.rank.Candidate;
import dev.palimpsest.query.rank.Judge;
import dev.palimpsest.query.rank.Judge.Distances;
import dev.palimpsest.query.rank.Judgeable;
import dev.palimpsest.query.rank.Judged;
import dev.palimpsest.query.rank.Listed;
import dev.palimpsest.query.rank.TextScores;
import java.util.Collection;
import java.util.List;

/// Judges the rows of one answer, and looks up how far they are from what is asked before.
final class Judging {

    private final Plan plan;
    private final TextScores text;
    private Distances distances = Distances.NONE;

    Judging(Plan plan, TextScores text) {
        this.plan = plan;
        this.text = text;
    }

    /// Rows by what the indexes hold of them; each should come once.
    List<Judged<Listed>> ofListed(Collection<Match> rows) {
        if (rows.isEmpty()) {
            return List.of();
        }
        distances = distances.and(SoftDistances.of(plan, rows));
        return plan.view()
                .trace()
                .step("rank", () -> judged(rows.stream().map(Listed::new).toList()), List::size);
    }

    /// Rows as they were read again, of those that were judged as listed before.
    List<Judged<Candidate>> of(List<Candidate> candidates) {
        return judged(candidates);
    }

    private <C extends Judgeable> List<Judged<C>> judged(List<C> candidates) {
        var judge = new Judge(plan, text, distances);
        return candidates.stream().flatMap(one -> judge.judge(one).stream()).toList();
    }
}
