package dev.palimpsest.query.index.lucene;

import dev.palimpsest.model.RowId;
import dev.palimpsest.model.SourceId;
import dev.palimpsest.port.Projection.HeldRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.lucene.index.ByteVectorValues;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.SortedNumericDocValues;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/// Reads what an index holds about rows, by their ids.
final class StoredRows {

    private final IndexReader reader;

    StoredRows(IndexReader reader) {
        this.reader = reader;
    }

    /// Reads every byte, to find those that are not what was written.
    ///
    /// @throws CorruptIndexException if there is one
    void checkIntegrity() throws IOException {
        for (LeafReaderContext leaf : reader.leaves()) {
            leaf.reader().checkIntegrity();
        }
    }

    /// When the row was closed, or [dev.palimpsest.time.Moments#OPEN]; null if it is not there.
    @Nullable Long untilPosition(RowId id) throws IOException {
        for (LeafReaderContext leaf : reader.leaves()) {
            int document = document(leaf.reader(), id);
            if (document != DocIdSetIterator.NO_MORE_DOCS) {
                return number(leaf.reader(), Fields.UNTIL_POSITION, document);
            }
        }
        return null;
    }

    /// Who is known to say the fact.
    Set<SourceId> sources(RowId id) throws IOException {
        var sources = new HashSet<SourceId>();
        for (LeafReaderContext leaf : reader.leaves()) {
            int document = document(leaf.reader(), id);
            if (document != DocIdSetIterator.NO_MORE_DOCS) {
                SortedSetDocValues values =
                        DocValues.getSortedSet(leaf.reader(), Fields.of(Filter.Word.SOURCE));
                if (values.advanceExact(document)) {
                    for (int i = 0; i < values.docValueCount(); i++) {
                        BytesRef value = values.lookupOrd(values.nextOrd());
                        sources.add(new SourceId(value.utf8ToString()));
                    }
                }
            }
        }
        return sources;
    }

    /// The vectors of those that have one.
    Map<RowId, byte[]> vectors(Collection<RowId> ids) throws IOException {
        Map<RowId, byte[]> found = new HashMap<>();
        for (LeafReaderContext leaf : reader.leaves()) {
            ByteVectorValues values = leaf.reader().getByteVectorValues(Fields.VECTOR);
            if (values == null) {
                continue;
            }
            for (RowId id : ids) {
                int document = document(leaf.reader(), id);
                var at = values.iterator();
                if (document != DocIdSetIterator.NO_MORE_DOCS && at.advance(document) == document) {
                    found.put(id, values.vectorValue(at.index()).clone());
                }
            }
        }
        return found;
    }

    /// Everything that is there, in any order.
    void each(Consumer<HeldRow> sink) throws IOException {
        for (LeafReaderContext leaf : reader.leaves()) {
            Bits live = leaf.reader().getLiveDocs();
            var ids = new Ids(leaf.reader());
            NumericDocValues from = leaf.reader().getNumericDocValues(Fields.FROM_POSITION);
            NumericDocValues until = leaf.reader().getNumericDocValues(Fields.UNTIL_POSITION);
            for (int document = 0; document < leaf.reader().maxDoc(); document++) {
                if (live == null || live.get(document)) {
                    sink.accept(
                            new HeldRow(
                                    ids.of(document),
                                    number(from, document),
                                    number(until, document)));
                }
            }
        }
    }

    private static int document(LeafReader reader, RowId id) throws IOException {
        var terms = reader.terms(Fields.ID);
        if (terms == null) {
            return DocIdSetIterator.NO_MORE_DOCS;
        }
        var found = terms.iterator();
        if (!found.seekExact(Fields.term(id))) {
            return DocIdSetIterator.NO_MORE_DOCS;
        }
        var documents = found.postings(null, PostingsEnum.NONE);
        Bits live = reader.getLiveDocs();
        int document = documents.nextDoc();
        while (document != DocIdSetIterator.NO_MORE_DOCS && live != null && !live.get(document)) {
            document = documents.nextDoc();
        }
        return document;
    }

    /// All values of a document.
    static List<Long> all(SortedNumericDocValues values, int document) throws IOException {
        if (!values.advanceExact(document)) {
            return List.of();
        }
        var all = new ArrayList<Long>(values.docValueCount());
        for (int i = values.docValueCount(); i > 0; i--) {
            all.add(values.nextValue());
        }
        return all;
    }

    static long number(LeafReader reader, String field, int document) throws IOException {
        return number(reader.getNumericDocValues(field), document);
    }

    private static long number(@Nullable NumericDocValues values, int document) throws IOException {
        if (values == null || !values.advanceExact(document)) {
            throw new CorruptIndexException("document " + document + " lacks a field", "document");
        }
        return values.longValue();
    }

    /// The row ids of a segment's documents; ask in ascending order.
    static final class Ids {
        private final NumericDocValues high;
        private final NumericDocValues low;

        Ids(LeafReader reader) throws IOException {
            this.high = DocValues.getNumeric(reader, Fields.ID_HIGH);
            this.low = DocValues.getNumeric(reader, Fields.ID_LOW);
        }

        RowId of(int document) throws IOException {
            return new RowId(new UUID(number(high, document), number(low, document)));
        }
    }
}
