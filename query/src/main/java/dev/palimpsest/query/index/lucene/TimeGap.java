package dev.palimpsest.query.index.lucene;

import java.io.IOException;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.SortedNumericDocValues;
import org.apache.lucene.search.DoubleValues;
import org.apache.lucene.search.DoubleValuesSource;
import org.apache.lucene.search.IndexSearcher;

/// The seconds between a moment and a document's valid interval; 0 within it.
final class TimeGap extends DoubleValuesSource {

    private static final double MICROS_PER_SECOND = 1e6;

    private final long moment;

    TimeGap(long moment) {
        this.moment = moment;
    }

    @Override
    public DoubleValues getValues(LeafReaderContext context, DoubleValues scores)
            throws IOException {
        NumericDocValues from = single(context, Fields.VALID_FROM);
        NumericDocValues until = single(context, Fields.VALID_UNTIL);
        return new DoubleValues() {
            private double gap;

            @Override
            public double doubleValue() {
                return gap;
            }

            @Override
            public boolean advanceExact(int document) throws IOException {
                if (!from.advanceExact(document) || !until.advanceExact(document)) {
                    return false;
                }
                if (moment < from.longValue()) {
                    gap = ((double) from.longValue() - moment) / MICROS_PER_SECOND;
                } else if (moment >= until.longValue()) {
                    gap = ((double) moment - until.longValue()) / MICROS_PER_SECOND;
                } else {
                    gap = 0;
                }
                return true;
            }
        };
    }

    private static NumericDocValues single(LeafReaderContext context, String field)
            throws IOException {
        SortedNumericDocValues values = DocValues.getSortedNumeric(context.reader(), field);
        NumericDocValues one = DocValues.unwrapSingleton(values);
        return one == null ? DocValues.emptyNumeric() : one;
    }

    @Override
    public boolean needsScores() {
        return false;
    }

    @Override
    public DoubleValuesSource rewrite(IndexSearcher searcher) {
        return this;
    }

    @Override
    public boolean isCacheable(LeafReaderContext context) {
        return true;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TimeGap gap && gap.moment == moment;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(moment);
    }

    @Override
    public String toString() {
        return "gapTo:" + moment;
    }
}
