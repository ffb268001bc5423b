package dev.palimpsest.query.run;

import dev.palimpsest.model.RowId;
import dev.palimpsest.port.Ledger;
import dev.palimpsest.query.plan.Plan;
import dev.palimpsest.query.plan.View;
import dev.palimpsest.query.rank.Candidate;
import dev.palimpsest.query.rank.Judge;
import dev.palimpsest.query.rank.Judgeable;
import dev.palimpsest.query.rank.Judged;
import dev.palimpsest.query.rank.Listed;
import dev.palimpsest.query.rank.Ranking;
import dev.palimpsest.query.rank.Ranking.Ranked;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Finds the best of what was gathered. All is judged by what the indexes hold of it; only what
/// comes first is read again from the ledger, which has the last word on whether it is there and
/// belongs. Where it says no, what follows moves up and is read in turn.
final class Shortlist {

    /// After so many readings all that is left is read at once.
    private static final int MOST_READINGS = 4;

    private final Ledger ledger;
    private final Belonging belonging;

    Shortlist(Ledger ledger) {
        this.ledger = ledger;
        this.belonging = new Belonging(ledger);
    }

    List<Ranked<Candidate>> of(Plan plan, Gathered gathered) {
        var trace = plan.view().trace();
        var judge = new Judge(plan, gathered.text(), SoftDistances.of(plan, gathered.rows()));
        List<Judged<Listed>> listed =
                trace.step(
                        "rank",
                        () -> judged(judge, gathered.rows().stream().map(Listed::new).toList()),
                        List::size);
        var given = given(listed, plan);
        return Ranking.best(judged(judge, given), plan.question().limit());
    }

    private static <C extends Judgeable> List<Judged<C>> judged(Judge judge, List<C> candidates) {
        return candidates.stream().flatMap(one -> judge.judge(one).stream()).toList();
    }

    /// The best, and what folds under them, as the ledger gives them.
    private List<Candidate> given(List<Judged<Listed>> listed, Plan plan) {
        Map<RowId, Candidate> given = new HashMap<>();
        Set<RowId> read = new HashSet<>();
        List<Judged<Listed>> left = listed;
        for (int reading = 1; ; reading++) {
            List<Judged<Listed>> best =
                    reading > MOST_READINGS ? left : best(left, plan.question().limit());
            var wanted = best.stream().map(Judged::id).filter(read::add).toList();
            if (wanted.isEmpty()) {
                return best.stream()
                        .flatMap(one -> Stream.ofNullable(given.get(one.id())))
                        .toList();
            }
            belonging
                    .of(read(plan.view(), wanted), plan)
                    .forEach(candidate -> given.put(candidate.id(), candidate));
            left =
                    left.stream()
                            .filter(one -> given.containsKey(one.id()) || !read.contains(one.id()))
                            .toList();
        }
    }

    private static List<Judged<Listed>> best(List<Judged<Listed>> judged, int limit) {
        return Ranking.best(judged, limit).stream().flatMap(Ranked::all).toList();
    }

    private List<Candidate> read(View view, Collection<RowId> rows) {
        return view.trace()
                .step(
                        "read rows",
                        () ->
                                ledger.rows(view.space(), rows, view.at()).values().stream()
                                        .map(Candidate::of)
                                        .toList(),
                        List::size);
    }
}
