package dev.palimpsest.query.index.lucene;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.FixedBitSet;

/// Which documents of one index are the same rows as documents of another. So what is hard about a
/// question is worked out in one of them only.
///
/// Worked out once for each pair of segments, and forgotten with either.
final class SameRows {

    private final PerSegment<Ids> ids = PerSegment.ofCore(Ids::read);
    private final PerSegment<ConcurrentMap<IndexReader.CacheKey, Pairs>> pairs =
            PerSegment.ofCore(_ -> new ConcurrentHashMap<>());

    /// What is selected in a segment of the other index, with the ids of its documents: whoever
    /// looks here reads nothing there any more.
    record There(LeafReader reader, SegmentRows rows, Ids ids) {}

    /// Reads what is needed of the other index.
    List<There> there(List<Selector.Selected> selected) throws IOException {
        var there = new ArrayList<There>(selected.size());
        for (var segment : selected) {
            var reader = segment.leaf().reader();
            there.add(new There(reader, segment.rows(), ids.of(reader)));
        }
        return there;
    }

    /// The documents of a segment here that are among those selected there, and not deleted.
    SegmentRows here(LeafReaderContext leaf, List<There> selected) throws IOException {
        var here = new FixedBitSet(leaf.reader().maxDoc());
        for (var there : selected) {
            pairs(leaf.reader(), there).add(there.rows(), here);
        }
        Bits live = leaf.reader().getLiveDocs();
        if (live != null) {
            live.applyMask(here, 0);
        }
        return SegmentRows.of(here);
    }

    private Pairs pairs(LeafReader here, There there) throws IOException {
        IndexReader.CacheHelper helper = there.reader().getCoreCacheHelper();
        if (helper == null) {
            return Pairs.of(ids.of(here), there.ids());
        }
        var known = pairs.of(here);
        Pairs found = known.get(helper.getKey());
        if (found == null) {
            found = Pairs.of(ids.of(here), there.ids());
            if (known.put(helper.getKey(), found) == null) {
                helper.addClosedListener(known::remove);
            }
        }
        return found;
    }

    /// The ids of the documents of a segment, as two numbers each.
    ///
    /// @param least of the first numbers, compared without sign: ids rise with time
    /// @param most likewise
    @SuppressWarnings("ArrayRecordComponent") // never compared, and nobody changes them
    record Ids(long[] high, long[] low, long least, long most) {

        static Ids read(LeafReader reader) throws IOException {
            long[] high = Columns.numbers(reader, Fields.ID_HIGH);
            long[] low = Columns.numbers(reader, Fields.ID_LOW);
            long least = -1;
            long most = 0;
            for (long one : high) {
                least = Long.compareUnsigned(one, least) < 0 ? one : least;
                most = Long.compareUnsigned(one, most) > 0 ? one : most;
            }
            return new Ids(high, low, least, most);
        }

        int size() {
            return high.length;
        }

        boolean isApart(Ids other) {
            return Long.compareUnsigned(most, other.least) < 0
                    || Long.compareUnsigned(other.most, least) < 0;
        }
    }

    /// Documents that are the same row.
    ///
    /// @param first the first there that is one here
    /// @param here of each document there from the first to the last that is one here: its document
    ///   here, or [#NOT_HERE]
    @SuppressWarnings("ArrayRecordComponent") // never compared, and nobody changes them
    private record Pairs(int first, int[] here) {

        private static final int NOT_HERE = -1;
        private static final Pairs NONE = new Pairs(0, new int[0]);

        /// By a table of the ids here that is thrown away. A row may be here twice: deleted, and
        /// added again, and then the later document is the one that may still be there.
        static Pairs of(Ids here, Ids there) {
            if (here.size() == 0 || there.size() == 0 || here.isApart(there)) {
                return NONE;
            }
            var table = new Table(here);
            var same = new int[there.size()];
            Arrays.fill(same, NOT_HERE);
            int first = same.length;
            int last = 0;
            for (int document = 0; document < same.length; document++) {
                same[document] = table.last(there.high[document], there.low[document]);
                if (same[document] != NOT_HERE) {
                    first = Math.min(first, document);
                    last = document;
                }
            }
            return first > last
                    ? NONE
                    : new Pairs(first, Arrays.copyOfRange(same, first, last + 1));
        }

        /// Adds the documents here of what is selected there.
        void add(SegmentRows selected, FixedBitSet documents) {
            long[] words = selected.bits().getBits();
            int end = first + here.length;
            for (int word = first >> 6; word << 6 < end; word++) {
                for (long left = words[word]; left != 0; left &= left - 1) {
                    int at = (word << 6) + Long.numberOfTrailingZeros(left) - first;
                    if (at >= 0 && at < here.length && here[at] != NOT_HERE) {
                        documents.set(here[at]);
                    }
                }
            }
        }
    }

    /// Where the documents with an id are, by the second half of the id, which is random.
    private static final class Table {

        private final Ids ids;
        private final int[] slots;

        Table(Ids ids) {
            this.ids = ids;
            this.slots = new int[Integer.highestOneBit(Math.max(2, ids.size())) * 4];
            for (int document = 0; document < ids.size(); document++) {
                int at = first(ids.low[document]);
                while (slots[at] != 0) {
                    at = next(at);
                }
                slots[at] = document + 1;
            }
        }

        /// The last document with an id, or [Pairs#NOT_HERE].
        int last(long high, long low) {
            int last = Pairs.NOT_HERE;
            for (int at = first(low); slots[at] != 0; at = next(at)) {
                int document = slots[at] - 1;
                if (ids.low[document] == low && ids.high[document] == high) {
                    last = Math.max(last, document);
                }
            }
            return last;
        }

        private int first(long low) {
            long mixed = low * 0x9E3779B97F4A7C15L;
            return (int) (mixed >>> 32) & (slots.length - 1);
        }

        private int next(int at) {
            return (at + 1) & (slots.length - 1);
        }
    }
}
