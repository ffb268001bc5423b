package dev.palimpsest.query.index.lucene;

import dev.palimpsest.time.Moments;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.FixedBitSet;

/// Which documents of a segment are not closed; it changes as documents are closed.
///
/// @param closed the other documents
/// @param settledAt from this position on, the documents visible are just the current ones: none of
///   the others is recorded or closed later
record CurrentRows(SegmentRows current, List<Closed> closed, long settledAt) {

    /// A document that was closed: visible from one position to before the other.
    record Closed(int document, long from, long until) {}

    /// What is visible at a position.
    ///
    /// @param fromPosition when each document was recorded
    SegmentRows visibleAt(long position, RankedNumbers fromPosition) {
        if (settledAt <= position) {
            return current;
        }
        var visible = current.that(fromPosition.between(Long.MIN_VALUE, position)).bits();
        for (var other : closed) {
            if (other.from <= position && position < other.until) {
                visible.set(other.document);
            }
        }
        return SegmentRows.of(visible);
    }

    static CurrentRows read(LeafReader reader) throws IOException {
        NumericDocValues from = DocValues.getNumeric(reader, Fields.FROM_POSITION);
        NumericDocValues until = DocValues.getNumeric(reader, Fields.UNTIL_POSITION);
        Bits live = reader.getLiveDocs();
        var current = new FixedBitSet(reader.maxDoc());
        var closed = new ArrayList<Closed>();
        long settledAt = 0;
        for (int document = 0; document < reader.maxDoc(); document++) {
            boolean isLive = live == null || live.get(document);
            if (isLive && from.advanceExact(document) && until.advanceExact(document)) {
                settledAt = Math.max(settledAt, from.longValue());
                if (until.longValue() == Moments.OPEN) {
                    current.set(document);
                } else {
                    settledAt = Math.max(settledAt, until.longValue());
                    closed.add(new Closed(document, from.longValue(), until.longValue()));
                }
            }
        }
        return new CurrentRows(SegmentRows.of(current), List.copyOf(closed), settledAt);
    }
}
