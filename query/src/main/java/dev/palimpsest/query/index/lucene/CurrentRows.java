package dev.palimpsest.query.index.lucene;

import dev.palimpsest.time.Moments;
import java.io.IOException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.util.FixedBitSet;

/// Which documents of each segment are not closed, worked out once for each state of a segment and
/// forgotten with it.
final class CurrentRows {

    private final ConcurrentMap<IndexReader.CacheKey, Segment> segments = new ConcurrentHashMap<>();

    /// What is current in one segment.
    ///
    /// @param settledAt from this position on, the documents visible are just the current ones:
    ///   none of the others is recorded or closed later
    /// @param count of `current`
    record Segment(FixedBitSet current, int count, long settledAt) {}

    Segment of(LeafReader reader) throws IOException {
        IndexReader.CacheHelper helper = reader.getReaderCacheHelper();
        if (helper == null) {
            return read(reader);
        }
        Segment known = segments.get(helper.getKey());
        if (known == null) {
            known = read(reader);
            if (segments.put(helper.getKey(), known) == null) {
                helper.addClosedListener(segments::remove);
            }
        }
        return known;
    }

    private static Segment read(LeafReader reader) throws IOException {
        NumericDocValues from = DocValues.getNumeric(reader, Fields.FROM_POSITION);
        NumericDocValues until = DocValues.getNumeric(reader, Fields.UNTIL_POSITION);
        var current = new FixedBitSet(reader.maxDoc());
        long settledAt = 0;
        int count = 0;
        for (int document = 0; document < reader.maxDoc(); document++) {
            if (from.advanceExact(document) && until.advanceExact(document)) {
                settledAt = Math.max(settledAt, from.longValue());
                if (until.longValue() == Moments.OPEN) {
                    current.set(document);
                    count++;
                } else {
                    settledAt = Math.max(settledAt, until.longValue());
                }
            }
        }
        return new Segment(current, count, settledAt);
    }
}
