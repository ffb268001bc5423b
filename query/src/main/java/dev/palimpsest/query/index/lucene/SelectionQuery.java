package dev.palimpsest.query.index.lucene;

import java.io.IOException;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.ConstantScoreScorer;
import org.apache.lucene.search.ConstantScoreWeight;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.ScorerSupplier;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.BitSetIterator;
import org.jspecify.annotations.Nullable;

/// Matches what is selected.
final class SelectionQuery extends Query {

    private final Selector selector;
    private final Selection selection;

    SelectionQuery(Selector selector, Selection selection) {
        this.selector = selector;
        this.selection = selection;
    }

    @Override
    public Weight createWeight(IndexSearcher searcher, ScoreMode mode, float boost) {
        return new ConstantScoreWeight(this, boost) {
            @Override
            public @Nullable ScorerSupplier scorerSupplier(LeafReaderContext context)
                    throws IOException {
                var rows = selector.rows(searcher, context, selection);
                return rows.isEmpty()
                        ? null
                        : new DefaultScorerSupplier(
                                new ConstantScoreScorer(
                                        score(),
                                        mode,
                                        new BitSetIterator(rows.bits(), rows.count())));
            }

            @Override
            public int count(LeafReaderContext context) throws IOException {
                return selector.rows(searcher, context, selection).count();
            }

            @Override
            public boolean isCacheable(LeafReaderContext context) {
                return false;
            }
        };
    }

    @Override
    public void visit(QueryVisitor visitor) {
        visitor.visitLeaf(this);
    }

    @Override
    public String toString(String field) {
        return "selected:" + selection.filter();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SelectionQuery query && query.selection == selection;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(selection);
    }
}
