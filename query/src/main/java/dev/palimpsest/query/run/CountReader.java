package dev.palimpsest.query.run;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.model.RowId;
import dev.palimpsest.port.Ledger;
import dev.palimpsest.port.Visibility;
import dev.palimpsest.query.index.lucene.Filter;
import dev.palimpsest.query.index.lucene.ScannedRow.Column;
import dev.palimpsest.query.plan.Plan;
import dev.palimpsest.query.plan.Planner;
import dev.palimpsest.query.plan.Planner.Planned;
import dev.palimpsest.query.rank.Candidate;
import dev.palimpsest.question.Constraint.Who;
import dev.palimpsest.question.Count;
import dev.palimpsest.question.Counted;
import dev.palimpsest.question.Counter;
import dev.palimpsest.question.Kind;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Counts from the indexes, at one position. Only what a source says is looked up in the ledger,
/// for an index knows all who ever said a fact.
public final class CountReader implements Counter {

    /// The most rows whose sources are looked up for one count.
    static final int MOST_LOOKED_UP = 100_000;

    private static final int LOOKED_UP_AT_ONCE = 1_000;

    private final Ledger ledger;
    private final Views views;
    private final Planner planner;
    private final Belonging belonging;

    public CountReader(
            Ledger ledger,
            QuestionReader.Indexes indexes,
            Visibility visibility,
            InstantSource clock,
            Duration longest) {
        this.ledger = ledger;
        this.views = new Views(ledger, indexes, Optional.empty(), visibility, clock, longest);
        this.planner = new Planner(ledger);
        this.belonging = new Belonging(ledger);
    }

    @Override
    public Counted count(Count count) {
        long start = System.nanoTime();
        var question = count.question();
        var view = views.pinned(question);
        var tally = new Tally();
        Optional<String> note =
                switch (planner.plan(question, view)) {
                    case Planned.Ready(Plan plan) -> tally(count, plan, tally);
                    case Planned.NotYetKnown(EntityId entity) ->
                            Optional.of(Views.notYetKnown(entity));
                };
        if (tally.total() == 0) {
            views.requireSpace(question.space());
        }
        return new Counted(
                tally.largest(count.groups()),
                tally.total(),
                tally.ungrouped(),
                views.bookmark(view),
                Duration.ofNanos(System.nanoTime() - start),
                views.noted(question, note),
                tally.isCutShort() || tally.groups() > count.groups());
    }

    /// What is to be said about it.
    private Optional<String> tally(Count count, Plan plan, Tally tally) {
        var view = plan.view();
        var keys = GroupKeys.of(count, view);
        view.text()
                .scan(
                        view.space(),
                        view.selection(exact(plan)),
                        keys.columns(),
                        row -> tally.add(keys.of(row)));
        if (plan.truncated()) {
            tally.cutShort();
            return Optional.of("a walk met its limit; there may be more than was counted");
        }
        return plan.note();
    }

    /// What the filter of a plan lets through, without what does not belong.
    private Filter exact(Plan plan) {
        var time = plan.view().time();
        var inTime =
                !time.isUsual() || !plan.question().kinds().contains(Kind.FACT)
                        ? Filter.ANYTHING
                        : Filter.any(
                                new Filter.Not(new Filter.Kinds(Set.of(Kind.FACT))),
                                new Filter.HoldsAt(time.now(), false),
                                new Filter.Nodes(Filter.Role.SELF, plan.view().events()));
        var filter = Filter.all(plan.filter(), inTime);
        return plan.question().find(Who.Sources.class).isPresent()
                ? new Filter.Rows(said(filter, plan))
                : filter;
    }

    private Set<RowId> said(Filter filter, Plan plan) {
        var view = plan.view();
        var selection = view.selection(filter);
        long rows = view.text().count(view.space(), selection);
        if (rows > MOST_LOOKED_UP) {
            throw new IllegalArgumentException(
                    "who.sources can be counted among at most "
                            + MOST_LOOKED_UP
                            + " rows; narrow it by what, where or when: "
                            + rows);
        }
        List<RowId> ids = new ArrayList<>();
        view.text()
                .scan(
                        view.space(),
                        selection,
                        Set.of(Column.ID),
                        row -> ids.add(row.id().orElseThrow()));
        var said = new HashSet<RowId>();
        for (int from = 0; from < ids.size(); from += LOOKED_UP_AT_ONCE) {
            view.trace().deadline().check();
            var some = ids.subList(from, Math.min(from + LOOKED_UP_AT_ONCE, ids.size()));
            var candidates =
                    ledger.rows(view.space(), some, view.at()).values().stream()
                            .map(Candidate::of)
                            .toList();
            belonging.of(candidates, plan).forEach(one -> said.add(one.id()));
        }
        return said;
    }
}
