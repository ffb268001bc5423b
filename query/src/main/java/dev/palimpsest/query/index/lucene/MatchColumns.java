package dev.palimpsest.query.index.lucene;

import dev.palimpsest.question.Kind;
import dev.palimpsest.space.GeoPoint;
import dev.palimpsest.time.Interval;
import dev.palimpsest.time.Moments;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.geo.GeoEncodingUtils;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.SortedNumericDocValues;

/// Reads of one segment what a [Match] needs; ask in ascending order of documents.
final class MatchColumns {

    private final StoredRows.Ids ids;
    private final NumericDocValues kinds;
    private final SortedNumericDocValues nodes;
    private final SortedNumericDocValues objects;
    private final SortedNumericDocValues mentioned;
    private final SortedNumericDocValues from;
    private final SortedNumericDocValues until;
    private final SortedNumericDocValues places;

    MatchColumns(LeafReader reader) throws IOException {
        this.ids = new StoredRows.Ids(reader);
        this.kinds = DocValues.getNumeric(reader, Fields.KIND_NUMBER);
        this.nodes = DocValues.getSortedNumeric(reader, Fields.of(Filter.Role.SELF));
        this.objects = DocValues.getSortedNumeric(reader, Fields.of(Filter.Role.OBJECT));
        this.mentioned = DocValues.getSortedNumeric(reader, Fields.of(Filter.Role.MENTIONED));
        this.from = DocValues.getSortedNumeric(reader, Fields.VALID_FROM);
        this.until = DocValues.getSortedNumeric(reader, Fields.VALID_UNTIL);
        this.places = DocValues.getSortedNumeric(reader, Fields.PLACE);
    }

    Match match(int document, double score) throws IOException {
        Kind kind = Fields.kind(kinds.advanceExact(document) ? kinds.longValue() : 0);
        long node = nodes.advanceExact(document) ? nodes.nextValue() : 0;
        return new Match(
                ids.of(document),
                kind,
                node,
                about(kind, node, document),
                time(document),
                place(document),
                score);
    }

    private List<Long> about(Kind kind, long node, int document) throws IOException {
        return switch (kind) {
            case ENTITY -> List.of(node);
            case FACT ->
                    objects.advanceExact(document)
                            ? List.of(node, objects.nextValue())
                            : List.of(node);
            case MEMORY -> StoredRows.all(mentioned, document);
        };
    }

    private Optional<Interval> time(int document) throws IOException {
        if (!from.advanceExact(document) || !until.advanceExact(document)) {
            return Optional.empty();
        }
        long end = until.nextValue();
        char code = end == Moments.OPEN ? 'O' : 'A';
        return Optional.of(Interval.ofMicros(from.nextValue(), end, code));
    }

    private Optional<GeoPoint> place(int document) throws IOException {
        if (!places.advanceExact(document)) {
            return Optional.empty();
        }
        long encoded = places.nextValue();
        return Optional.of(
                new GeoPoint(
                        GeoEncodingUtils.decodeLatitude((int) (encoded >> 32)),
                        GeoEncodingUtils.decodeLongitude((int) encoded)));
    }
}
