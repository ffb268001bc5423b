package dev.palimpsest.query.index.lucene;

import java.io.IOException;
import org.apache.lucene.document.LongField;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedNumericDocValues;
import org.apache.lucene.search.ConstantScoreScorer;
import org.apache.lucene.search.ConstantScoreWeight;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.ScorerSupplier;
import org.apache.lucene.search.TwoPhaseIterator;
import org.apache.lucene.search.Weight;

/// Matches documents with a node of a large set, by asking the set about each candidate.
///
/// Each is equal to itself alone: comparing large sets would cost more than a cache hit saves.
final class NodesQuery extends Query {

    /// Up to here it is cheaper to look the nodes up one by one.
    private static final int SMALL = 1_024;

    private static final float COST_OF_ONE = 12f;

    private final String field;
    private final NodeSet nodes;

    private NodesQuery(String field, NodeSet nodes) {
        this.field = field;
        this.nodes = nodes;
    }

    static Query of(String field, NodeSet nodes) {
        return nodes.size() <= SMALL
                ? LongField.newSetQuery(field, nodes.stream().toArray())
                : new NodesQuery(field, nodes);
    }

    @Override
    public Weight createWeight(IndexSearcher searcher, ScoreMode mode, float boost) {
        return new ConstantScoreWeight(this, boost) {
            @Override
            public ScorerSupplier scorerSupplier(LeafReaderContext context) throws IOException {
                SortedNumericDocValues values = DocValues.getSortedNumeric(context.reader(), field);
                var asking =
                        new TwoPhaseIterator(values) {
                            @Override
                            public boolean matches() throws IOException {
                                for (int i = values.docValueCount(); i > 0; i--) {
                                    if (nodes.contains(values.nextValue())) {
                                        return true;
                                    }
                                }
                                return false;
                            }

                            @Override
                            public float matchCost() {
                                return COST_OF_ONE;
                            }
                        };
                return new DefaultScorerSupplier(new ConstantScoreScorer(score(), mode, asking));
            }

            @Override
            public boolean isCacheable(LeafReaderContext context) {
                return false;
            }
        };
    }

    @Override
    public void visit(QueryVisitor visitor) {
        if (visitor.acceptField(field)) {
            visitor.visitLeaf(this);
        }
    }

    @Override
    public String toString(String defaultField) {
        return field + ":{" + nodes + "}";
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
