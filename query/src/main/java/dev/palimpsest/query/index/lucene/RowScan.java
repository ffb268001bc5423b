package dev.palimpsest.query.index.lucene;

import dev.palimpsest.model.RowId;
import dev.palimpsest.port.Deadline;
import dev.palimpsest.query.index.lucene.ScannedRow.Column;
import dev.palimpsest.question.Kind;
import dev.palimpsest.space.GeoPoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.lucene.geo.GeoEncodingUtils;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.SortedNumericDocValues;
import org.apache.lucene.index.Terms;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;
import org.apache.lucene.util.NumericUtils;

/// Reads the columns of all documents that pass, segment after segment, in one thread.
final class RowScan implements CollectorManager<Collector, Integer> {

    /// The deadline is looked at about once for so many documents.
    private static final int LOOK_EVERY = 256;

    private final Set<Column> columns;
    private final Consumer<ScannedRow> sink;
    private final Deadline deadline;

    RowScan(Set<Column> columns, Consumer<ScannedRow> sink, Deadline deadline) {
        this.columns = Set.copyOf(columns);
        this.sink = sink;
        this.deadline = deadline;
    }

    @Override
    public Collector newCollector() {
        return new SimpleCollector() {
            private Segment segment = Segment.NONE;

            @Override
            protected void doSetNextReader(LeafReaderContext context) throws IOException {
                segment = Segment.of(context.reader(), columns);
            }

            @Override
            public void collect(int document) throws IOException {
                if (document % LOOK_EVERY == 0) {
                    deadline.check();
                }
                sink.accept(segment.row(document));
            }

            @Override
            public ScoreMode scoreMode() {
                return ScoreMode.COMPLETE_NO_SCORES;
            }
        };
    }

    @Override
    public Integer reduce(Collection<Collector> collectors) {
        return collectors.size();
    }

    /// The columns of one segment; ask in ascending order.
    private record Segment(
            NumericDocValues kinds,
            SortedNumericDocValues nodes,
            Optional<StoredRows.Ids> ids,
            TermColumn types,
            TermColumn predicates,
            SortedNumericDocValues objects,
            SortedNumericDocValues mentioned,
            SortedNumericDocValues from,
            SortedNumericDocValues places,
            SortedNumericDocValues numbers) {

        static final Segment NONE =
                new Segment(
                        DocValues.emptyNumeric(),
                        DocValues.emptySortedNumeric(),
                        Optional.empty(),
                        TermColumn.NONE,
                        TermColumn.NONE,
                        DocValues.emptySortedNumeric(),
                        DocValues.emptySortedNumeric(),
                        DocValues.emptySortedNumeric(),
                        DocValues.emptySortedNumeric(),
                        DocValues.emptySortedNumeric());

        static Segment of(LeafReader reader, Set<Column> columns) throws IOException {
            return new Segment(
                    DocValues.getNumeric(reader, Fields.KIND_NUMBER),
                    DocValues.getSortedNumeric(reader, Fields.of(Filter.Role.SELF)),
                    columns.contains(Column.ID)
                            ? Optional.of(new StoredRows.Ids(reader))
                            : Optional.empty(),
                    TermColumn.of(reader, Filter.Word.TYPE, columns.contains(Column.TYPE)),
                    TermColumn.of(
                            reader, Filter.Word.PREDICATE, columns.contains(Column.PREDICATE)),
                    numbers(reader, Fields.of(Filter.Role.OBJECT), columns, Column.OBJECT),
                    numbers(reader, Fields.of(Filter.Role.MENTIONED), columns, Column.MENTIONED),
                    numbers(reader, Fields.VALID_FROM, columns, Column.FROM),
                    numbers(reader, Fields.PLACE, columns, Column.PLACE),
                    numbers(reader, Fields.NUMBER, columns, Column.NUMBER));
        }

        private static SortedNumericDocValues numbers(
                LeafReader reader, String field, Set<Column> columns, Column column)
                throws IOException {
            return columns.contains(column)
                    ? DocValues.getSortedNumeric(reader, field)
                    : DocValues.emptySortedNumeric();
        }

        ScannedRow row(int document) throws IOException {
            Kind kind = Fields.kind(kinds.advanceExact(document) ? kinds.longValue() : 0);
            Optional<RowId> id =
                    ids.isPresent() ? Optional.of(ids.get().of(document)) : Optional.empty();
            return new ScannedRow(
                    kind,
                    first(nodes, document).orElse(0),
                    id,
                    (kind == Kind.ENTITY ? types : predicates).of(document),
                    first(objects, document),
                    StoredRows.all(mentioned, document),
                    first(from, document),
                    place(document),
                    number(document));
        }

        private Optional<GeoPoint> place(int document) throws IOException {
            OptionalLong encoded = first(places, document);
            return encoded.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            new GeoPoint(
                                    GeoEncodingUtils.decodeLatitude(
                                            (int) (encoded.getAsLong() >> 32)),
                                    GeoEncodingUtils.decodeLongitude((int) encoded.getAsLong())));
        }

        private OptionalDouble number(int document) throws IOException {
            OptionalLong encoded = first(numbers, document);
            return encoded.isEmpty()
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(NumericUtils.sortableLongToDouble(encoded.getAsLong()));
        }

        private static OptionalLong first(SortedNumericDocValues values, int document)
                throws IOException {
            return values.advanceExact(document)
                    ? OptionalLong.of(values.nextValue())
                    : OptionalLong.empty();
        }
    }

    /// The one term each document has in a field, turned round from the terms to the documents.
    private static final class TermColumn {

        static final TermColumn NONE = new TermColumn(new int[0], List.of());

        /// By document; 0 is no term.
        private final int[] numbers;

        private final List<String> terms;

        private TermColumn(int[] numbers, List<String> terms) {
            this.numbers = numbers;
            this.terms = terms;
        }

        static TermColumn of(LeafReader reader, Filter.Word word, boolean wanted)
                throws IOException {
            Terms field = wanted ? reader.terms(Fields.of(word)) : null;
            if (field == null) {
                return NONE;
            }
            var numbers = new int[reader.maxDoc()];
            var terms = new ArrayList<String>();
            var each = field.iterator();
            for (var term = each.next(); term != null; term = each.next()) {
                terms.add(term.utf8ToString());
                var documents = each.postings(null, PostingsEnum.NONE);
                for (int document = documents.nextDoc();
                        document != DocIdSetIterator.NO_MORE_DOCS;
                        document = documents.nextDoc()) {
                    numbers[document] = terms.size();
                }
            }
            return new TermColumn(numbers, terms);
        }

        Optional<String> of(int document) {
            int number = document < numbers.length ? numbers[document] : 0;
            return number == 0 ? Optional.empty() : Optional.of(terms.get(number - 1));
        }
    }
}
