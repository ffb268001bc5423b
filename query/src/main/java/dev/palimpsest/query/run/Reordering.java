package dev.palimpsest.query.run;

import dev.palimpsest.model.RowId;
import dev.palimpsest.port.Ledger;
import dev.palimpsest.port.Reranker;
import dev.palimpsest.port.Row;
import dev.palimpsest.port.StoreException;
import dev.palimpsest.query.index.lucene.LuceneVectorIndex;
import dev.palimpsest.query.index.lucene.Match;
import dev.palimpsest.query.plan.Plan;
import dev.palimpsest.question.Constraint.What;
import dev.palimpsest.question.Ordering;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Gives memories that were found other scores, where the question asks for another order.
final class Reordering {

    /// So many of the best are graded anew; the rest comes after them.
    static final int MOST_RERANKED = 50;

    /// So many of the best are compared with each other; the rest keeps its order.
    static final int MOST_COMPARED = 200;

    private final Ledger ledger;
    private final LuceneVectorIndex vectors;
    private final Optional<Reranker> reranker;

    /// @param vectors by which it is told what means the same
    Reordering(Ledger ledger, LuceneVectorIndex vectors, Optional<Reranker> reranker) {
        this.ledger = ledger;
        this.vectors = vectors;
        this.reranker = reranker;
    }

    /// @throws IllegalArgumentException if a reranker is wanted and none is set up
    void require(Ordering ordering) {
        if (ordering.rerank() && reranker.isEmpty()) {
            throw new IllegalArgumentException(
                    "rerank cannot be asked for: no reranker is set up; start with --rerank-url");
        }
    }

    Gathered of(Plan plan, Gathered gathered) {
        var ordering = plan.question().ordering();
        var reranked =
                ordering.rerank() && reranker.isPresent()
                        ? reranked(plan, gathered, reranker.get())
                        : gathered;
        return ordering.diversity() > 0 ? diverse(plan, reranked, ordering.diversity()) : reranked;
    }

    private Gathered reranked(Plan plan, Gathered gathered, Reranker grader) {
        var words = plan.question().find(What.Text.class).orElseThrow().words();
        var best = best(gathered, MOST_RERANKED);
        var rows = ledger.rows(plan.view().space(), best, plan.view().at());
        var given = new ArrayList<RowId>();
        var texts = new ArrayList<String>();
        for (var id : best) {
            if (rows.get(id) instanceof Row.OfMemory memory) {
                given.add(id);
                texts.add(memory.memory().textWithContext());
            }
        }
        try {
            var grades =
                    plan.view()
                            .trace()
                            .step("rerank", () -> grader.grades(words, texts), List::size);
            return gathered.scored(reranked(gathered, given, grades));
        } catch (StoreException.Unavailable unavailable) {
            return gathered.noted("not reranked: " + unavailable.getMessage());
        }
    }

    /// The upper half of the scale is theirs.
    private static Map<RowId, Double> reranked(
            Gathered gathered, List<RowId> given, List<Double> grades) {
        var scores = new HashMap<RowId, Double>();
        gathered.rows().forEach(row -> scores.put(row.id(), gathered.text().of(row.id()) / 2));
        double low = grades.stream().mapToDouble(Double::doubleValue).min().orElse(0);
        double high = grades.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        for (int i = 0; i < given.size(); i++) {
            double share = high > low ? (grades.get(i) - low) / (high - low) : 1;
            scores.put(given.get(i), .5 + share / 2);
        }
        return scores;
    }

    private Gathered diverse(Plan plan, Gathered gathered, double diversity) {
        return plan.view()
                .trace()
                .step(
                        "diversity",
                        () -> {
                            var best = best(gathered, MOST_COMPARED);
                            var known = vectors.vectors(plan.view().space(), best);
                            var order =
                                    new Diversity(diversity, gathered.text()::of, known).of(best);
                            return gathered.scored(inPlace(gathered, best, order));
                        },
                        all -> all.rows().size());
    }

    /// The score of each is that of its place.
    private static Map<RowId, Double> inPlace(
            Gathered gathered, List<RowId> places, List<RowId> order) {
        var scores = new HashMap<RowId, Double>();
        gathered.rows().forEach(row -> scores.put(row.id(), gathered.text().of(row.id())));
        for (int place = 0; place < places.size(); place++) {
            scores.put(order.get(place), gathered.text().of(places.get(place)));
        }
        return scores;
    }

    private static List<RowId> best(Gathered gathered, int most) {
        return gathered.rows().stream()
                .map(Match::id)
                .sorted(
                        Comparator.<RowId>comparingDouble(gathered.text()::of)
                                .reversed()
                                .thenComparing(RowId::toString, Comparator.reverseOrder()))
                .limit(most)
                .toList();
    }
}
