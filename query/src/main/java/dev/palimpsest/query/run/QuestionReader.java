package dev.palimpsest.query.run;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.port.Embedder;
import dev.palimpsest.port.Ledger;
import dev.palimpsest.port.Reranker;
import dev.palimpsest.port.Visibility;
import dev.palimpsest.query.index.adjacency.Adjacency;
import dev.palimpsest.query.index.lucene.LuceneTextIndex;
import dev.palimpsest.query.index.lucene.LuceneVectorIndex;
import dev.palimpsest.query.plan.Plan;
import dev.palimpsest.query.plan.Planner;
import dev.palimpsest.query.plan.Planner.Planned;
import dev.palimpsest.query.plan.View;
import dev.palimpsest.query.recall.Recollection;
import dev.palimpsest.query.recall.WordMeanings;
import dev.palimpsest.question.Answer;
import dev.palimpsest.question.Hit;
import dev.palimpsest.question.Ordering;
import dev.palimpsest.question.Question;
import dev.palimpsest.question.Reader;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Answers questions from the projections and the ledger.
///
/// A question is answered at one position: filters and scores come from the indexes as of it, and
/// every row of the answer is read again from the ledger as of it, so that what an index still
/// holds but the ledger no longer gives out is never shown.
public final class QuestionReader implements Reader {

    /// Rows looked at beyond the limit, since facts fold under entities.
    private static final int SPARE = 20;

    /// How much further to look when too few hits came of it.
    private static final int FURTHER = 4;

    private final Ledger ledger;
    private final Views views;
    private final Planner planner;
    private final Gathering gathering;
    private final Shortlist shortlist;
    private final Hits hits;
    private final Reordering reordering;

    /// @param visibility waits for what a question's bookmark saw
    /// @param longest a question that takes longer is given up; its wait for a bookmark counts too
    public QuestionReader(
            Ledger ledger,
            Indexes indexes,
            Models models,
            Visibility visibility,
            InstantSource clock,
            Duration longest) {
        this.ledger = ledger;
        this.views =
                new Views(
                        ledger,
                        indexes,
                        Optional.of(models.embedder()),
                        visibility,
                        clock,
                        longest);
        this.planner = new Planner(ledger);
        this.gathering =
                new Gathering(
                        indexes.text().projection(),
                        indexes.vectors(),
                        indexes.recollection(),
                        indexes.words());
        this.shortlist = new Shortlist(ledger, gathering);
        this.hits = new Hits(ledger);
        this.reordering = new Reordering(ledger, indexes.vectors().projection(), models.reranker());
    }

    private QuestionReader(QuestionReader other, Gathering gathering) {
        this.ledger = other.ledger;
        this.views = other.views;
        this.planner = other.planner;
        this.gathering = gathering;
        this.shortlist = new Shortlist(ledger, gathering);
        this.hits = other.hits;
        this.reordering = other.reordering;
    }

    /// A reader that takes no short cuts to the same answer: slow, for whoever wants to know how
    /// good the usual one is. Only questions with text are read otherwise; with `explain`, the step
    /// `passing` says how many rows passed what is hard.
    public QuestionReader exactly() {
        return new QuestionReader(this, gathering.exactly());
    }

    /// The projections questions are answered from.
    ///
    /// @param words asked for whatever they know by now
    public record Indexes(
            Followed<LuceneTextIndex> text,
            Followed<LuceneVectorIndex> vectors,
            Followed<Adjacency> adjacency,
            Followed<Recollection> recollection,
            WordMeanings words) {}

    /// What is asked beside the indexes.
    ///
    /// @param reranker for questions that ask for it
    public record Models(Embedder embedder, Optional<Reranker> reranker) {}

    @Override
    public Answer answer(Question question) {
        question.requireConstraint();
        reordering.require(question.ordering());
        long start = System.nanoTime();
        var view = views.pinned(question);
        var found = found(question, view);
        if (found.hits.isEmpty()) {
            views.requireSpace(question.space());
        }
        return new Answer(
                found.hits,
                views.bookmark(view),
                Duration.ofNanos(System.nanoTime() - start),
                views.noted(question, found.note),
                found.truncated,
                question.explain() ? view.trace().steps() : List.of());
    }

    /// What is found as of a view that is there already.
    List<Hit> hits(Question question, View view) {
        return found(question, view).hits;
    }

    Ledger ledger() {
        return ledger;
    }

    Views views() {
        return views;
    }

    Planner planner() {
        return planner;
    }

    /// The best for a question that is judged, in the order it asks for.
    Gathered best(Plan plan) {
        return reordering.of(plan, gathering.best(plan));
    }

    /// @throws IllegalArgumentException if what it asks for is not set up
    void require(Ordering ordering) {
        reordering.require(ordering);
    }

    private record Found(List<Hit> hits, Optional<String> note, boolean truncated) {}

    private static Found nothingKnownOf(EntityId entity) {
        return new Found(List.of(), Optional.of(Views.notYetKnown(entity)), false);
    }

    private Found found(Question question, View view) {
        return switch (planner.plan(question, view)) {
            case Planned.Ready(Plan plan) -> found(plan);
            case Planned.NotYetKnown(EntityId entity) -> nothingKnownOf(entity);
        };
    }

    private Found found(Plan plan) {
        if (!plan.isUngraded()) {
            var gathered = best(plan);
            var ranked = shortlist.of(plan, gathered);
            var made = hits.of(ranked, plan);
            return new Found(
                    made.hits(),
                    Limits.note(plan, made, gathered),
                    plan.truncated() || gathered.more() || made.truncated());
        }
        int limit = plan.question().limit();
        int depth = limit + SPARE;
        while (true) {
            var gathered = gathering.newest(plan, depth);
            var ranked = shortlist.of(plan, gathered);
            boolean deeper = gathered.more() && depth < LuceneTextIndex.MOST_MATCHES;
            if (ranked.size() >= limit || !deeper) {
                boolean truncated = ranked.size() < limit && gathered.more();
                return new Found(hits.of(ranked, plan).hits(), plan.note(), truncated);
            }
            depth = Math.min(depth * FURTHER, LuceneTextIndex.MOST_MATCHES);
        }
    }
}
