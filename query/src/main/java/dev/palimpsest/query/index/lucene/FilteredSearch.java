package dev.palimpsest.query.index.lucene;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TopFieldCollectorManager;

/// The searches that both indexes offer: what passes a filter at a position, in some order.
final class FilteredSearch {

    private final Selector selector = new Selector();

    /// The segments in which anything is selected.
    List<Selector.Selected> selected(IndexSearcher searcher, Selection selection)
            throws IOException {
        return selector.select(searcher, selection);
    }

    /// A query for what is selected.
    Query query(Selection selection) {
        return new SelectionQuery(selector, selection);
    }

    /// The best by score; among equals the row recorded last.
    List<Match> byScore(IndexSearcher searcher, Query scored, Selection selection, int limit)
            throws IOException {
        var query =
                new BooleanQuery.Builder()
                        .add(scored, Occur.MUST)
                        .add(query(selection), Occur.FILTER)
                        .build();
        var sort = new Sort(SortField.FIELD_SCORE, Matches.LATER_FIRST, Matches.THEN_BY_ID);
        var bounded = new IndexSearcher(searcher.getIndexReader());
        bounded.setSimilarity(searcher.getSimilarity());
        bounded.setTimeout(selection.deadline()::isPast);
        ScoreDoc[] found =
                bounded.search(query, new TopFieldCollectorManager(sort, limit, limit)).scoreDocs;
        if (bounded.timedOut()) {
            selection.deadline().check();
        }
        for (ScoreDoc document : found) {
            document.score = score(document);
        }
        return Matches.of(searcher, found);
    }

    private static float score(ScoreDoc document) {
        if (document instanceof FieldDoc sorted && sorted.fields[0] instanceof Number number) {
            return number.floatValue();
        }
        throw new IllegalStateException("not sorted by a score: " + document);
    }

    /// The first in an order that says something about them.
    List<Match> inOrder(IndexSearcher searcher, Selection selection, Order order, int limit)
            throws IOException {
        List<FirstRows.Met> met;
        try {
            met = new OrderedRows(selected(searcher, selection), limit).in(order);
        } catch (UncheckedIOException failure) {
            throw failure.getCause();
        }
        var documents =
                met.stream()
                        .map(one -> new ScoreDoc(one.segment().leaf().docBase + one.document(), 0))
                        .toArray(ScoreDoc[]::new);
        List<Match> matches = Matches.of(searcher, documents);
        var scored = new ArrayList<Match>(matches.size());
        for (int i = 0; i < matches.size(); i++) {
            scored.add(matches.get(i).scored(OrderedRows.score(order, met.get(i).key())));
        }
        return List.copyOf(scored);
    }

    /// The nodes that selected documents have in a role.
    NodeSet nodes(IndexSearcher searcher, Selection selection, Filter.Role role)
            throws IOException {
        var nodes = new NodeSet.Collector();
        for (var segment : selected(searcher, selection)) {
            var column = segment.columns().nodes(role);
            var rows = segment.rows();
            for (int document = rows.first();
                    document < rows.bits().length();
                    document = rows.after(document)) {
                column.addTo(nodes, document);
            }
        }
        return nodes.toSet();
    }

    /// How many documents are selected.
    long count(IndexSearcher searcher, Selection selection) throws IOException {
        return selected(searcher, selection).stream()
                .mapToLong(segment -> segment.rows().count())
                .sum();
    }

    /// At most so many documents pass; found without looking at them.
    long estimate(IndexSearcher searcher, Filter filter) throws IOException {
        var query = searcher.rewrite(FilterQueries.of(filter));
        var weight = searcher.createWeight(query, ScoreMode.COMPLETE_NO_SCORES, 1);
        long documents = 0;
        for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
            int exact = weight.count(leaf);
            if (exact >= 0) {
                documents += exact;
            } else {
                var supplier = weight.scorerSupplier(leaf);
                documents += supplier == null ? 0 : supplier.cost();
            }
        }
        return documents;
    }
}
