package dev.palimpsest.query.index.lucene;

import java.io.IOException;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.search.ConstantScoreScorer;
import org.apache.lucene.search.ConstantScoreWeight;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.ScorerSupplier;
import org.apache.lucene.search.TwoPhaseIterator;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.BitSetIterator;

/// Matches the documents visible at a position: recorded at or before it and closed after it, if at
/// all.
///
/// Most questions ask about now, and then the documents visible are the current ones, which are
/// known as bits; only a question about the past looks at both bounds of each candidate.
final class VisibleQuery extends Query {

    private static final float COST_OF_TWO_BOUNDS = 6f;

    private final CurrentRows currentRows;
    private final long position;

    VisibleQuery(CurrentRows currentRows, long position) {
        this.currentRows = currentRows;
        this.position = position;
    }

    @Override
    public Weight createWeight(IndexSearcher searcher, ScoreMode mode, float boost) {
        return new ConstantScoreWeight(this, boost) {
            @Override
            public ScorerSupplier scorerSupplier(LeafReaderContext context) throws IOException {
                var segment = currentRows.of(context.reader());
                if (segment.settledAt() > position) {
                    return new DefaultScorerSupplier(
                            new ConstantScoreScorer(score(), mode, withinBounds(context)));
                }
                DocIdSetIterator current =
                        segment.count() == context.reader().maxDoc()
                                ? DocIdSetIterator.all(segment.count())
                                : new BitSetIterator(segment.current(), segment.count());
                return new DefaultScorerSupplier(new ConstantScoreScorer(score(), mode, current));
            }

            @Override
            public int count(LeafReaderContext context) throws IOException {
                var segment = currentRows.of(context.reader());
                return segment.settledAt() <= position && !context.reader().hasDeletions()
                        ? segment.count()
                        : -1;
            }

            @Override
            public boolean isCacheable(LeafReaderContext context) {
                return false;
            }
        };
    }

    private TwoPhaseIterator withinBounds(LeafReaderContext context) throws IOException {
        NumericDocValues from = DocValues.getNumeric(context.reader(), Fields.FROM_POSITION);
        NumericDocValues until = DocValues.getNumeric(context.reader(), Fields.UNTIL_POSITION);
        return new TwoPhaseIterator(DocIdSetIterator.all(context.reader().maxDoc())) {
            @Override
            public boolean matches() throws IOException {
                int document = approximation.docID();
                return from.advanceExact(document)
                        && from.longValue() <= position
                        && until.advanceExact(document)
                        && position < until.longValue();
            }

            @Override
            public float matchCost() {
                return COST_OF_TWO_BOUNDS;
            }
        };
    }

    @Override
    public void visit(QueryVisitor visitor) {
        visitor.visitLeaf(this);
    }

    @Override
    public String toString(String field) {
        return "visibleAt:" + position;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VisibleQuery query
                && query.position == position
                && query.currentRows == currentRows;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(position) ^ System.identityHashCode(currentRows);
    }
}
