package dev.palimpsest.query.index.lucene;

import dev.palimpsest.space.GeoPoint;
import dev.palimpsest.time.Moments;
import dev.palimpsest.time.Position;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.lucene.document.LatLonDocValuesField;
import org.apache.lucene.document.LongField;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedNumericDocValues;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.SortedNumericSelector;
import org.apache.lucene.search.TopFieldCollectorManager;

/// The searches that both indexes offer: what passes a filter at a position, in some order.
final class FilteredSearch {

    private static final double METRES_PER_KILOMETRE = 1_000;

    private final CurrentRows currentRows = new CurrentRows();

    /// Documents that are visible at a position and pass a filter.
    Query query(Filter filter, Position at) {
        return new BooleanQuery.Builder()
                .add(FilterQueries.of(filter), Occur.FILTER)
                .add(new VisibleQuery(currentRows, at.number()), Occur.FILTER)
                .build();
    }

    /// The best by score; among equals the row recorded last.
    List<Match> byScore(IndexSearcher searcher, Query scored, Query filter, int limit)
            throws IOException {
        var query =
                new BooleanQuery.Builder()
                        .add(scored, Occur.MUST)
                        .add(filter, Occur.FILTER)
                        .build();
        var sort = new Sort(SortField.FIELD_SCORE, Matches.LATER_FIRST, Matches.THEN_BY_ID);
        ScoreDoc[] found = top(searcher, query, sort, limit);
        for (ScoreDoc document : found) {
            document.score = (float) value(document);
        }
        return Matches.of(searcher, found);
    }

    /// The first in an order that says something about them.
    List<Match> inOrder(IndexSearcher searcher, Query filter, Order order, int limit)
            throws IOException {
        return switch (order) {
            case Order.Nearest(GeoPoint(double latitude, double longitude)) -> {
                var distance =
                        LatLonDocValuesField.newDistanceSort(Fields.PLACE, latitude, longitude);
                var placed = both(filter, FilterQueries.of(new Filter.HasPlace()));
                yield ordered(
                        searcher,
                        placed,
                        new Sort(distance, Matches.LATER_FIRST, Matches.THEN_BY_ID),
                        limit,
                        -1 / METRES_PER_KILOMETRE);
            }
            case Order.Closest(var moment) -> {
                var gap = new TimeGap(Moments.toMicros(moment)).getSortField(false);
                var later =
                        LongField.newSortField(
                                Fields.VALID_FROM, true, SortedNumericSelector.Type.MIN);
                var timed = both(filter, FilterQueries.of(new Filter.HasTime()));
                yield ordered(
                        searcher,
                        timed,
                        new Sort(gap, later, Matches.LATER_FIRST, Matches.THEN_BY_ID),
                        limit,
                        -1);
            }
            case Order.Newest _ -> {
                var newest = new SortField(Fields.FROM_POSITION, SortField.Type.LONG, true);
                yield ordered(
                        searcher,
                        filter,
                        new Sort(newest, Matches.LATER_FIRST, Matches.THEN_BY_ID),
                        limit,
                        1);
            }
        };
    }

    /// The nodes that documents which pass have in a role.
    NodeSet nodes(IndexSearcher searcher, Query filter, Filter.Role role) throws IOException {
        var nodes = new NodeSet.Collector();
        searcher.search(
                filter,
                new CollectorManager<NodeCollector, NodeSet>() {
                    @Override
                    public NodeCollector newCollector() {
                        return new NodeCollector(Fields.of(role), nodes);
                    }

                    @Override
                    public NodeSet reduce(Collection<NodeCollector> collectors) {
                        return NodeSet.EMPTY;
                    }
                });
        return nodes.toSet();
    }

    /// At most so many documents pass; found without looking at them.
    long estimate(IndexSearcher searcher, Query filter) throws IOException {
        var weight =
                searcher.createWeight(searcher.rewrite(filter), ScoreMode.COMPLETE_NO_SCORES, 1);
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

    private static Query both(Query one, Query other) {
        return new BooleanQuery.Builder().add(one, Occur.FILTER).add(other, Occur.FILTER).build();
    }

    /// @param factor makes a score of what was sorted by
    private static List<Match> ordered(
            IndexSearcher searcher, Query query, Sort sort, int limit, double factor)
            throws IOException {
        ScoreDoc[] found = top(searcher, query, sort, limit);
        List<Match> matches = Matches.of(searcher, found);
        var scored = new ArrayList<Match>(matches.size());
        for (int i = 0; i < found.length; i++) {
            Match match = matches.get(i);
            double score = value(found[i]) * factor;
            scored.add(match.scored(score));
        }
        return List.copyOf(scored);
    }

    private static ScoreDoc[] top(IndexSearcher searcher, Query query, Sort sort, int limit)
            throws IOException {
        return searcher.search(query, new TopFieldCollectorManager(sort, limit, limit)).scoreDocs;
    }

    /// What a document was sorted by first.
    private static double value(ScoreDoc document) {
        if (document instanceof FieldDoc sorted && sorted.fields[0] instanceof Number number) {
            return number.doubleValue();
        }
        throw new IllegalStateException("not sorted by a number: " + document);
    }

    private static final class NodeCollector extends SimpleCollector {
        private final String field;
        private final NodeSet.Collector nodes;
        private SortedNumericDocValues values = DocValues.emptySortedNumeric();

        NodeCollector(String field, NodeSet.Collector nodes) {
            this.field = field;
            this.nodes = nodes;
        }

        @Override
        protected void doSetNextReader(LeafReaderContext context) throws IOException {
            values = DocValues.getSortedNumeric(context.reader(), field);
        }

        @Override
        public void collect(int document) throws IOException {
            if (values.advanceExact(document)) {
                for (int i = values.docValueCount(); i > 0; i--) {
                    nodes.add(values.nextValue());
                }
            }
        }

        @Override
        public ScoreMode scoreMode() {
            return ScoreMode.COMPLETE_NO_SCORES;
        }
    }
}
