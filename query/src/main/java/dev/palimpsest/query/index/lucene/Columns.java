package dev.palimpsest.query.index.lucene;

import dev.palimpsest.question.Kind;
import java.io.IOException;
import java.util.Arrays;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.SortedNumericDocValues;
import org.apache.lucene.util.FixedBitSet;

/// What filters and orders look at in one segment, as arrays by document: read once, since none of
/// it changes, and forgotten with the segment. About 80 bytes for each document.
///
/// @param tags of entities their type, of facts their predicate, as numbers of this segment
/// @param from when it begins, until when it lasts and surely lasts, in microseconds; 0 without
///   time. The last is the same array where no end is unknown
/// @param places as the index keeps them; 0 without place
/// @param fromPosition when it was recorded
/// @param idHigh the first half of its id
/// @param byStart documents with a time, by their start
/// @param latestEnd of each block of `byStart`, the latest end
/// @param byLatitude documents with a place, by latitude
@SuppressWarnings("ArrayRecordComponent") // never compared, and nobody changes them
record Columns(
        FixedBitSet entities,
        FixedBitSet facts,
        FixedBitSet memories,
        NodeColumn nodes,
        NodeColumn objects,
        NodeColumn mentioned,
        int[] tags,
        FixedBitSet timed,
        RankedNumbers from,
        RankedNumbers until,
        RankedNumbers surely,
        FixedBitSet placed,
        RankedNumbers places,
        RankedNumbers fromPosition,
        long[] idHigh,
        int[] byStart,
        long[] latestEnd,
        int[] byLatitude) {

    /// How many documents of `byStart` share a `latestEnd`.
    static final int BLOCK = 128;

    /// The nodes of documents in one role.
    ///
    /// @param start where those of a document start in `nodes`; those of the next follow. Empty
    ///   where no document has more than one: then `nodes` holds one for each, or [#NONE]
    @SuppressWarnings("ArrayRecordComponent") // never compared, and nobody changes them
    record NodeColumn(int[] start, int[] nodes) {

        private static final int NONE = -1;
        private static final int[] ONE_EACH = {};

        boolean isAny(int document, NodeSet set) {
            if (start.length == 0) {
                return set.contains(nodes[document]);
            }
            for (int i = start[document]; i < start[document + 1]; i++) {
                if (set.contains(nodes[i])) {
                    return true;
                }
            }
            return false;
        }

        void addTo(NodeSet.Collector collector, int document) {
            if (start.length == 0) {
                if (nodes[document] != NONE) {
                    collector.add(nodes[document]);
                }
                return;
            }
            for (int i = start[document]; i < start[document + 1]; i++) {
                collector.add(nodes[i]);
            }
        }

        private static NodeColumn read(LeafReader reader, Filter.Role role) throws IOException {
            SortedNumericDocValues values = DocValues.getSortedNumeric(reader, Fields.of(role));
            NumericDocValues single = DocValues.unwrapSingleton(values);
            return single == null
                    ? several(values, reader.maxDoc())
                    : oneEach(single, reader.maxDoc());
        }

        private static NodeColumn oneEach(NumericDocValues values, int documents)
                throws IOException {
            var nodes = new int[documents];
            for (int document = 0; document < documents; document++) {
                nodes[document] =
                        values.advanceExact(document) ? Math.toIntExact(values.longValue()) : NONE;
            }
            return new NodeColumn(ONE_EACH, nodes);
        }

        private static NodeColumn several(SortedNumericDocValues values, int documents)
                throws IOException {
            var start = new int[documents + 1];
            var nodes = new int[documents];
            int count = 0;
            for (int document = 0; document < documents; document++) {
                start[document] = count;
                int more = values.advanceExact(document) ? values.docValueCount() : 0;
                if (count + more > nodes.length) {
                    nodes = Arrays.copyOf(nodes, 2 * (count + more));
                }
                for (int i = 0; i < more; i++) {
                    nodes[count++] = Math.toIntExact(values.nextValue());
                }
            }
            start[documents] = count;
            return new NodeColumn(start, Arrays.copyOf(nodes, count));
        }
    }

    FixedBitSet kind(Kind kind) {
        return switch (kind) {
            case ENTITY -> entities;
            case FACT -> facts;
            case MEMORY -> memories;
        };
    }

    NodeColumn nodes(Filter.Role role) {
        return switch (role) {
            case SELF -> nodes;
            case OBJECT -> objects;
            case MENTIONED -> mentioned;
        };
    }

    int latitude(int document) {
        return (int) (places.of(document) >> 32);
    }

    int longitude(int document) {
        return (int) places.of(document);
    }

    /// How many of `byStart` start before that.
    int startingBefore(long micros) {
        return firstAtLeast(byStart, from.all(), micros);
    }

    /// How many of `byLatitude` lie south of that.
    int southOf(int latitude) {
        return firstAtLeast(byLatitude, places.all(), firstAt(latitude));
    }

    /// From which of `byLatitude` on they lie north of that.
    int northFrom(int latitude) {
        return latitude == Integer.MAX_VALUE ? byLatitude.length : southOf(latitude + 1);
    }

    /// The first place of a latitude, as the index keeps places.
    static long firstAt(int latitude) {
        return (long) latitude << 32;
    }

    /// The last place of a latitude.
    static long lastAt(int latitude) {
        return firstAt(latitude) | 0xFFFF_FFFFL;
    }

    private static int firstAtLeast(int[] order, long[] values, long least) {
        int low = 0;
        int high = order.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (values[order[middle]] < least) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    static Columns read(LeafReader reader) throws IOException {
        int documents = reader.maxDoc();
        var timed = new FixedBitSet(documents);
        var placed = new FixedBitSet(documents);
        long[] from = numbers(reader, Fields.VALID_FROM, timed);
        long[] until = numbers(reader, Fields.VALID_UNTIL, timed);
        long[] surely = numbers(reader, Fields.SURELY_UNTIL, timed);
        long[] places = numbers(reader, Fields.PLACE, placed);
        int[] byStart = ordered(timed, from);
        var rankedUntil = RankedNumbers.of(until, timed);
        return new Columns(
                of(Kind.ENTITY, reader),
                of(Kind.FACT, reader),
                of(Kind.MEMORY, reader),
                NodeColumn.read(reader, Filter.Role.SELF),
                NodeColumn.read(reader, Filter.Role.OBJECT),
                NodeColumn.read(reader, Filter.Role.MENTIONED),
                Tags.read(reader),
                timed,
                RankedNumbers.of(from, timed),
                rankedUntil,
                Arrays.equals(until, surely) ? rankedUntil : RankedNumbers.of(surely, timed),
                placed,
                RankedNumbers.of(places, placed),
                RankedNumbers.ofAll(numbers(reader, Fields.FROM_POSITION)),
                numbers(reader, Fields.ID_HIGH),
                byStart,
                latestEnds(byStart, until),
                ordered(placed, places));
    }

    private static FixedBitSet of(Kind kind, LeafReader reader) throws IOException {
        var documents = new FixedBitSet(reader.maxDoc());
        NumericDocValues numbers = DocValues.getNumeric(reader, Fields.KIND_NUMBER);
        for (int document = numbers.nextDoc();
                document < reader.maxDoc();
                document = numbers.nextDoc()) {
            if (numbers.longValue() == Fields.number(kind)) {
                documents.set(document);
            }
        }
        return documents;
    }

    private static long[] numbers(LeafReader reader, String field, FixedBitSet there)
            throws IOException {
        SortedNumericDocValues values = DocValues.getSortedNumeric(reader, field);
        var numbers = new long[reader.maxDoc()];
        for (int document = values.nextDoc();
                document < numbers.length;
                document = values.nextDoc()) {
            there.set(document);
            numbers[document] = values.nextValue();
        }
        return numbers;
    }

    /// The one number each document has in a field; 0 without.
    static long[] numbers(LeafReader reader, String field) throws IOException {
        NumericDocValues values = DocValues.getNumeric(reader, field);
        var numbers = new long[reader.maxDoc()];
        for (int document = values.nextDoc();
                document < numbers.length;
                document = values.nextDoc()) {
            numbers[document] = values.longValue();
        }
        return numbers;
    }

    /// Those documents by their values. Sorts numbers of their ranks, which takes less memory than
    /// sorting boxed ones.
    private static int[] ordered(FixedBitSet documents, long[] values) {
        int count = documents.cardinality();
        var sorted = new long[count];
        int next = 0;
        for (int document = SegmentRows.first(documents, 0);
                document < documents.length();
                document = SegmentRows.first(documents, document + 1)) {
            sorted[next++] = values[document];
        }
        Arrays.sort(sorted);
        int distinct = 0;
        for (int i = 0; i < count; i++) {
            if (i == 0 || sorted[i] != sorted[i - 1]) {
                sorted[distinct++] = sorted[i];
            }
        }
        var ranked = new long[count];
        next = 0;
        for (int document = SegmentRows.first(documents, 0);
                document < documents.length();
                document = SegmentRows.first(documents, document + 1)) {
            long rank = Arrays.binarySearch(sorted, 0, distinct, values[document]);
            ranked[next++] = rank << 32 | document;
        }
        Arrays.sort(ranked);
        var order = new int[count];
        for (int i = 0; i < count; i++) {
            order[i] = (int) ranked[i];
        }
        return order;
    }

    private static long[] latestEnds(int[] byStart, long[] until) {
        var latest = new long[(byStart.length + BLOCK - 1) / BLOCK];
        Arrays.fill(latest, Long.MIN_VALUE);
        for (int i = 0; i < byStart.length; i++) {
            latest[i / BLOCK] = Math.max(latest[i / BLOCK], until[byStart[i]]);
        }
        return latest;
    }
}
