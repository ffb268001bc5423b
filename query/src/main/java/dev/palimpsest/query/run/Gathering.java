package dev.palimpsest.query.run;

import dev.palimpsest.model.RowId;
import dev.palimpsest.port.StoreException;
import dev.palimpsest.query.index.lucene.Filter;
import dev.palimpsest.query.index.lucene.LuceneTextIndex;
import dev.palimpsest.query.index.lucene.LuceneVectorIndex;
import dev.palimpsest.query.index.lucene.Match;
import dev.palimpsest.query.index.lucene.NodeSet;
import dev.palimpsest.query.index.lucene.Order;
import dev.palimpsest.query.index.lucene.Selection;
import dev.palimpsest.query.plan.Plan;
import dev.palimpsest.query.plan.QuantityFacts;
import dev.palimpsest.query.plan.View;
import dev.palimpsest.query.rank.TextScores;
import dev.palimpsest.query.recall.Recall;
import dev.palimpsest.query.recall.Recollection;
import dev.palimpsest.query.recall.WordMeanings;
import dev.palimpsest.question.Constraint.What;
import dev.palimpsest.question.Constraint.When;
import dev.palimpsest.question.Constraint.Where;
import dev.palimpsest.question.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Gathers the rows that may belong to an answer from the indexes: of each soft constraint the
/// best, or all that pass the filter where they are few enough.
final class Gathering {

    /// Up to so many rows are all judged, instead of the best of each list.
    static final int FEW = 300;

    /// Up to so many rows that lists overlooked are all judged.
    private static final int MOST_OVERLOOKED = 2_000;

    /// The step in which [#exactly] counts the rows that pass.
    static final String PASSING = "passing";

    private static final String NO_RECALL =
            "memories are found by their own words and meaning alone: what was said around them is"
                    + " still being read";

    /// The most rows that walks may reach and have judged.
    static final int MOST_WALKED = 1_000;

    private final LuceneTextIndex text;
    private final Followed<LuceneVectorIndex> vectors;
    private final Followed<Recollection> recollection;
    private final Recall recall;
    private final boolean exact;

    Gathering(
            LuceneTextIndex text,
            Followed<LuceneVectorIndex> vectors,
            Followed<Recollection> recollection,
            WordMeanings meanings) {
        this(
                text,
                vectors,
                recollection,
                new Recall(recollection.projection(), meanings, vectors.projection()),
                false);
    }

    private Gathering(
            LuceneTextIndex text,
            Followed<LuceneVectorIndex> vectors,
            Followed<Recollection> recollection,
            Recall recall,
            boolean exact) {
        this.text = text;
        this.vectors = vectors;
        this.recollection = recollection;
        this.recall = recall;
        this.exact = exact;
    }

    /// The same without short cuts: vectors are all looked at, and of a question with text all rows
    /// that pass are judged; where they are more than [LuceneTextIndex#MOST_MATCHES], those best by
    /// text and that many of the nearest and the closest. Slow: tells how good the usual way is.
    Gathering exactly() {
        return new Gathering(text, vectors, recollection, recall, true);
    }

    /// Rows for an answer in which nothing is better than anything else: the newest of each kind.
    Gathered newest(Plan plan, int ofEach) {
        var rows = new HashMap<RowId, Match>();
        boolean more = false;
        var passing = passing(plan);
        for (var kind : Kind.values()) {
            if (plan.question().kinds().contains(kind)) {
                var found =
                        list(
                                plan,
                                "newest of kind " + kind.word(),
                                passing.and(new Filter.Kinds(Set.of(kind))),
                                new Order.Newest(),
                                ofEach);
                add(rows, found);
                more |= found.size() == ofEach;
            }
        }
        return new Gathered(rows.values(), TextScores.none(), passing, more, Optional.empty());
    }

    /// Rows for an answer that is judged.
    Gathered best(Plan plan) {
        var asked = plan.question().find(What.Text.class);
        if (asked.isEmpty()) {
            return withoutText(plan);
        }
        var words = asked.get().words();
        if (!plan.question().kinds().equals(Set.of(Kind.MEMORY))) {
            return withText(plan, words);
        }
        return isRecalled(plan)
                ? withRecall(plan, asked.get())
                : withText(plan, words).noted(NO_RECALL);
    }

    /// Whether all memories that the question may find have been read by what recalls them.
    private boolean isRecalled(Plan plan) {
        try {
            return !recollection.covers().isBefore(plan.view().at());
        } catch (StoreException.Unavailable unavailable) {
            return false;
        }
    }

    /// Memories are found by more than their own words and meaning.
    private Gathered withRecall(Plan plan, What.Text asked) {
        var view = plan.view();
        var words = asked.words();
        var from = asked.asked().orElseGet(view.time()::reference);
        var passing = passing(plan);
        var meaning = meaning(plan, passing, Recall.MEANING_DEPTH);
        var recalled =
                view.trace()
                        .step(
                                "recall",
                                () ->
                                        recall.best(
                                                new Recall.Search(
                                                        view,
                                                        words,
                                                        from,
                                                        passing,
                                                        meaning.vector(),
                                                        meaning.nearest()),
                                                plan.isGradedByTextAlone()
                                                        ? enough(plan)
                                                        : depth(plan)),
                                List::size);
        Map<RowId, Double> scores = new HashMap<>();
        var found = new HashMap<RowId, Match>();
        for (var one : recalled) {
            scores.put(one.match().id(), one.score());
            found.put(one.match().id(), one.match());
        }
        if (exact) {
            add(found, allOrMany(plan, passing));
        } else if (!plan.isGradedByTextAlone()) {
            add(found, near(plan, passing, depth(plan)));
        }
        return new Gathered(
                found.values(), TextScores.ready(scores), passing, false, meaning.note());
    }

    private Gathered withText(Plan plan, String words) {
        int depth = depth(plan);
        var view = plan.view();
        var passing = passing(plan);
        long count = text.count(view.space(), passing);
        var byWords =
                view.trace()
                        .step(
                                "words",
                                () -> count,
                                () -> text.search(view.space(), words, passing, depth),
                                List::size);
        var meaning = meaning(plan, passing, depth);
        var scores = new TextScores(scores(byWords), scores(meaning.nearest()), meaning.asked());
        var found = new HashMap<RowId, Match>();
        add(found, byWords);
        add(found, meaning.nearest());
        if (plan.isGradedByTextAlone()) {
            found.keySet().retainAll(scores.best(enough(plan)));
        }
        if (exact) {
            add(found, allOrMany(plan, passing));
        } else if (count <= FEW) {
            add(found, list(plan, "all that pass", passing, new Order.Newest(), FEW));
        } else {
            add(found, near(plan, passing, depth));
        }
        return new Gathered(found.values(), scores, passing, false, meaning.note());
    }

    private Gathered withoutText(Plan plan) {
        boolean walked = !plan.why().isEmpty() || plan.hops().isPresent();
        int few = walked ? MOST_WALKED : FEW;
        var passing = passing(plan);
        var all = list(plan, "all that pass", passing, new Order.Newest(), few);
        var rows = new HashMap<RowId, Match>();
        add(rows, all);
        boolean more = all.size() == few;
        if (more) {
            add(rows, near(plan, passing, depth(plan)));
        }
        return new Gathered(
                rows.values(), TextScores.none(), passing, more && walked, Optional.empty());
    }

    /// Rows that the lists may have overlooked.
    ///
    /// @param all whether these are all there are
    record Further(List<Match> rows, boolean all) {}

    /// Those that pass a filter too: all of them, or where they are many the nearest.
    Further further(Plan plan, Gathered gathered, Filter filter) {
        var passing = gathered.passing().and(filter);
        long count =
                plan.view()
                        .trace()
                        .step(
                                "overlooked",
                                () -> text.count(plan.view().space(), passing),
                                found -> found);
        return count <= MOST_OVERLOOKED
                ? new Further(
                        count == 0
                                ? List.of()
                                : list(
                                        plan,
                                        "all overlooked",
                                        passing,
                                        new Order.Newest(),
                                        MOST_OVERLOOKED),
                        true)
                : new Further(near(plan, passing, depth(plan)), false);
    }

    private List<Match> allOrMany(Plan plan, Selection passing) {
        int most = LuceneTextIndex.MOST_MATCHES;
        var trace = plan.view().trace();
        long count =
                trace.step(PASSING, () -> text.count(plan.view().space(), passing), found -> found);
        var newest = list(plan, "newest of all", passing, new Order.Newest(), most);
        var rows = new ArrayList<>(newest);
        if (count > most) {
            rows.addAll(near(plan, passing, most));
        }
        return rows;
    }

    /// The nearest in space and time, as far as that is asked.
    private List<Match> near(Plan plan, Selection passing, int depth) {
        var rows = new ArrayList<Match>();
        plan.question()
                .find(Where.Around.class)
                .ifPresent(around -> {
                    var order = new Order.Nearest(around.point());
                    var nearest = list(plan, "nearest", passing, order, depth);
                    rows.addAll(nearest);
                    rows.addAll(about(plan, passing, entities(nearest), depth));
                });
        plan.question()
                .find(When.Near.class)
                .ifPresent(near -> {
                    var order = new Order.Closest(near.moment());
                    rows.addAll(list(plan, "closest in time", passing, order, depth));
                });
        plan.question()
                .find(What.Quantities.class)
                .ifPresent(asked -> rows.addAll(alike(plan, passing, asked, depth)));
        return rows;
    }

    private static NodeSet entities(List<Match> rows) {
        return NodeSet.of(
                rows.stream()
                        .filter(match -> match.kind() != Kind.MEMORY)
                        .mapToLong(Match::node)
                        .toArray());
    }

    /// Facts and memories about these entities.
    private List<Match> about(Plan plan, Selection passing, NodeSet entities, int depth) {
        var about =
                Filter.any(
                        Filter.all(
                                new Filter.Kinds(Set.of(Kind.FACT)),
                                new Filter.Nodes(Filter.Role.SELF, entities)),
                        new Filter.Nodes(Filter.Role.OBJECT, entities),
                        new Filter.Nodes(Filter.Role.MENTIONED, entities));
        return list(plan, "about the nearest", passing.and(about), new Order.Newest(), depth);
    }

    /// The entities whose quantities are nearest to what is wanted, and what is about them.
    private List<Match> alike(Plan plan, Selection passing, What.Quantities asked, int depth) {
        var view = plan.view();
        var entities =
                view.trace()
                        .step(
                                "nearest in quantity",
                                () -> nearestInQuantity(view, passing, asked, depth),
                                NodeSet::size);
        var itself =
                Filter.all(
                        new Filter.Kinds(Set.of(Kind.ENTITY)),
                        new Filter.Nodes(Filter.Role.SELF, entities));
        var rows =
                new ArrayList<>(
                        list(
                                plan,
                                "alike",
                                passing.and(itself),
                                new Order.Newest(),
                                Math.max(1, entities.size())));
        rows.addAll(about(plan, passing, entities, depth));
        return rows;
    }

    private NodeSet nearestInQuantity(
            View view, Selection passing, What.Quantities asked, int depth) {
        var among =
                text.nodes(view.space(), passing, Filter.Role.SELF)
                        .or(text.nodes(view.space(), passing, Filter.Role.MENTIONED));
        return asked.wanted().stream()
                .map(wanted ->
                        new QuantityFacts(view, wanted.predicate()).nearest(among, wanted, depth))
                .reduce(NodeSet.EMPTY, NodeSet::or);
    }

    private List<Match> list(Plan plan, String name, Selection selection, Order order, int limit) {
        var view = plan.view();
        return view.trace()
                .step(
                        name,
                        () -> text.count(view.space(), selection),
                        () -> text.list(view.space(), selection, order, limit),
                        List::size);
    }

    /// What passes, worked out here and now.
    private Selection passing(Plan plan) {
        var view = plan.view();
        var passing = view.selection(plan.filter());
        view.trace()
                .step(
                        "filter",
                        () -> text.estimate(view.space(), plan.filter(), view.at()),
                        () -> text.count(view.space(), passing),
                        count -> count);
        return passing;
    }

    /// How long each list of the best is.
    private static int depth(Plan plan) {
        return 100 + 2 * plan.question().limit();
    }

    /// How many to read again where their order is known already: some may not belong, and facts
    /// fold under entities.
    private static int enough(Plan plan) {
        return 20 + 4 * plan.question().limit();
    }

    private Meaning meaning(Plan plan, Selection passing, int depth) {
        return Meaning.of(plan, new Meaning.Sources(text, vectors, exact), passing, depth);
    }

    private static void add(Map<RowId, Match> rows, List<Match> matches) {
        matches.forEach(match -> rows.putIfAbsent(match.id(), match));
    }

    private static Map<RowId, Double> scores(List<Match> matches) {
        Map<RowId, Double> scores = new HashMap<>();
        matches.forEach(match -> scores.put(match.id(), match.score()));
        return scores;
    }
}
