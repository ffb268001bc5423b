package dev.palimpsest.query.run;

import dev.palimpsest.model.RowId;
import dev.palimpsest.port.Ledger;
import dev.palimpsest.query.index.lucene.Filter;
import dev.palimpsest.query.plan.Overlooked;
import dev.palimpsest.query.plan.Plan;
import dev.palimpsest.query.plan.View;
import dev.palimpsest.query.rank.Candidate;
import dev.palimpsest.query.rank.Judged;
import dev.palimpsest.query.rank.Listed;
import dev.palimpsest.query.rank.Ranking;
import dev.palimpsest.query.rank.Ranking.Ranked;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Finds the best of what was gathered. All is judged by what the indexes hold of it; only what
/// comes first is read again from the ledger, which has the last word on whether it is there and
/// belongs. Where it says no, what follows moves up and is read in turn.
final class Shortlist {

    /// After so many readings all that is left is read at once.
    private static final int MOST_READINGS = 4;

    /// So often what has to be reached is found out anew.
    private static final int MOST_ROUNDS = 3;

    private final Ledger ledger;
    private final Gathering gathering;
    private final Belonging belonging;

    Shortlist(Ledger ledger, Gathering gathering) {
        this.ledger = ledger;
        this.gathering = gathering;
        this.belonging = new Belonging(ledger);
    }

    List<Ranked<Candidate>> of(Plan plan, Gathered gathered) {
        var judging = new Judging(plan, gathered.text());
        var listed = new ArrayList<>(judging.ofListed(gathered.rows()));
        addOverlooked(plan, gathered, judging, listed);
        var given = given(listed, plan);
        return Ranking.best(judging.of(given), plan.question().limit());
    }

    /// Adds what was not gathered and may still come before the last of the answer.
    private void addOverlooked(
            Plan plan, Gathered gathered, Judging judging, List<Judged<Listed>> listed) {
        int limit = plan.question().limit();
        var overlooked = new Overlooked(plan);
        var known = new HashSet<RowId>();
        listed.forEach(one -> known.add(one.id()));
        boolean all = false;
        for (int round = 0; round < MOST_ROUNDS && !all; round++) {
            var best = Ranking.best(listed, limit);
            var filter =
                    best.size() < limit
                            ? Optional.<Filter>empty()
                            : overlooked.reaching(best.getLast().judged().score());
            if (filter.isEmpty()) {
                return;
            }
            var further = gathering.further(plan, gathered, filter.get());
            var rows = further.rows().stream().filter(row -> known.add(row.id())).toList();
            listed.addAll(judging.ofListed(rows));
            all = further.all() || rows.isEmpty();
        }
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
