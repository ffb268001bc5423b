package dev.palimpsest.query.index.lucene;

import dev.palimpsest.time.Moments;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.FixedBitSet;

/// Which documents of a segment are not closed; it changes as documents are closed.
///
/// @param closed the other documents
/// @param settledAt from this position on, the documents visible are just the current ones: none of
///   the others is recorded or closed later
/// @param closings the generation of the column in which documents are closed
/// @param deleted how many documents of the segment were deleted
record CurrentRows(
        SegmentRows current, List<Closed> closed, long settledAt, long closings, int deleted) {

    /// Lucene's generation of a column that was never updated.
    private static final long NEVER = -1;

    private static final long BEFORE_ANY = -2;

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
        var all = new FixedBitSet(reader.maxDoc());
        long last = 0;
        for (int document = from.nextDoc();
                document != DocIdSetIterator.NO_MORE_DOCS;
                document = from.nextDoc()) {
            all.set(document);
            last = Math.max(last, from.longValue());
        }
        return new CurrentRows(SegmentRows.of(all), List.of(), last, BEFORE_ANY, 0)
                .following(reader);
    }

    /// Whether the reader shows the same segment at the same time or later: no document comes back,
    /// and none that was closed is opened again.
    boolean isFollowedBy(LeafReader reader) {
        return closings <= closings(reader) && deleted <= reader.numDeletedDocs();
    }

    /// The same in a reader of the segment that follows. What is known is not read again: where a
    /// million documents stand, that is most of what a question would cost while others write.
    CurrentRows following(LeafReader reader) throws IOException {
        var still = current.bits().clone();
        var others = new ArrayList<>(closed);
        Bits live = reader.getLiveDocs();
        if (live != null && deleted != reader.numDeletedDocs()) {
            live.applyMask(still, 0);
            others.removeIf(other -> !live.get(other.document));
        }
        long settled = settledAt;
        if (closings != closings(reader)) {
            int known = others.size();
            moveClosed(reader, still, others);
            for (var other : others.subList(known, others.size())) {
                settled = Math.max(settled, other.until);
            }
        }
        return new CurrentRows(
                SegmentRows.of(still),
                List.copyOf(others),
                settled,
                closings(reader),
                reader.numDeletedDocs());
    }

    private static void moveClosed(LeafReader reader, FixedBitSet open, List<Closed> closed)
            throws IOException {
        NumericDocValues from = DocValues.getNumeric(reader, Fields.FROM_POSITION);
        NumericDocValues until = DocValues.getNumeric(reader, Fields.UNTIL_POSITION);
        for (int document = SegmentRows.first(open, 0);
                document != DocIdSetIterator.NO_MORE_DOCS;
                document = SegmentRows.first(open, document + 1)) {
            if (!until.advanceExact(document)) {
                open.clear(document);
            } else if (until.longValue() != Moments.OPEN && from.advanceExact(document)) {
                open.clear(document);
                closed.add(new Closed(document, from.longValue(), until.longValue()));
            }
        }
    }

    /// Rises whenever documents of the segment are closed.
    private static long closings(LeafReader reader) {
        FieldInfo field = reader.getFieldInfos().fieldInfo(Fields.UNTIL_POSITION);
        return field == null ? NEVER : field.getDocValuesGen();
    }
}
