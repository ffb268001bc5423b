package dev.palimpsest.query.index.lucene;

import dev.palimpsest.model.SpaceId;
import dev.palimpsest.port.Gone;
import dev.palimpsest.port.Projection;
import dev.palimpsest.port.Row;
import dev.palimpsest.time.Position;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.document.Document;

/// The projection by which words, places and times are found: a document for every version of a
/// fact, every profile and every memory.
///
/// Everything is searched as of a position that [#covers] has reached. Results hold ids; read the
/// rows again from the ledger at the same position. Scores of words weigh how rare a word is in all
/// that was ever indexed, so they move as a space grows; what passes a filter does not.
///
/// One thread applies, clears and closes; any may search.
public final class LuceneTextIndex implements Projection, AutoCloseable {

    /// The most rows a search gives.
    public static final int MOST_MATCHES = 10_000;

    private final Analyzer analyzer = Words.analyzer();
    private final FilteredSearch filtered = new FilteredSearch();
    private final SpaceIndexes indexes;

    /// Opens nothing yet.
    ///
    /// @param folder its own; made if it is not there
    public LuceneTextIndex(Path folder) {
        this(folder, OpenIndexes.Limits.USUAL);
    }

    LuceneTextIndex(Path folder, OpenIndexes.Limits limits) {
        this.indexes =
                new SpaceIndexes(
                        name(), folder, IndexFormat.ofWords(analyzer), new Documents(), limits);
    }

    /// The selected rows that hold any word of `words`, best first by BM25. None if there is no
    /// word in them.
    public List<Match> search(SpaceId space, String words, Selection selection, int limit) {
        int most = bounded(limit);
        return indexes.search(
                space,
                selection.at(),
                List.of(),
                searcher ->
                        filtered.byScore(searcher, Words.query(analyzer, words), selection, most));
    }

    /// The selected rows, the first in that order.
    public List<Match> list(SpaceId space, Selection selection, Order order, int limit) {
        int most = bounded(limit);
        return indexes.search(
                space,
                selection.at(),
                List.of(),
                searcher -> filtered.inOrder(searcher, selection, order, most));
    }

    /// Searches elsewhere for what is selected here.
    <T> T search(SpaceId space, Selection selection, T nothing, AmongSelected<T> search) {
        return indexes.search(
                space,
                selection.at(),
                nothing,
                searcher -> search.of(filtered.selected(searcher, selection)));
    }

    /// A search for what is selected.
    interface AmongSelected<T> {
        T of(List<Selector.Selected> selected) throws IOException;
    }

    /// The nodes that selected rows have in a role: the entities whose place fact lies in a region,
    /// those of a type, and so on.
    public NodeSet nodes(SpaceId space, Selection selection, Filter.Role role) {
        return indexes.search(
                space,
                selection.at(),
                NodeSet.EMPTY,
                searcher -> filtered.nodes(searcher, selection, role));
    }

    /// Hands over every selected row, in no order.
    ///
    /// @param columns what is wanted of each besides its kind and node
    public void scan(
            SpaceId space,
            Selection selection,
            Set<ScannedRow.Column> columns,
            Consumer<ScannedRow> sink) {
        indexes.search(
                space,
                selection.at(),
                0,
                searcher -> {
                    searcher.search(
                            filtered.query(selection),
                            new RowScan(columns, sink, selection.deadline()));
                    return 0;
                });
    }

    /// How many rows are selected.
    public long count(SpaceId space, Selection selection) {
        return indexes.search(
                space, selection.at(), 0L, searcher -> filtered.count(searcher, selection));
    }

    /// As [#search], of what is searched once.
    public List<Match> search(SpaceId space, String words, Filter filter, Position at, int limit) {
        return search(space, words, new Selection(filter, at), limit);
    }

    /// As [#list], of what is listed once.
    public List<Match> list(SpaceId space, Filter filter, Order order, Position at, int limit) {
        return list(space, new Selection(filter, at), order, limit);
    }

    /// As [#nodes], of what is looked at once.
    public NodeSet nodes(SpaceId space, Filter filter, Filter.Role role, Position at) {
        return nodes(space, new Selection(filter, at), role);
    }

    /// As [#count], of what is counted once.
    public long count(SpaceId space, Filter filter, Position at) {
        return count(space, new Selection(filter, at));
    }

    /// At most how many rows pass, guessed in microseconds.
    public long estimate(SpaceId space, Filter filter, Position at) {
        return indexes.search(space, at, 0L, searcher -> filtered.estimate(searcher, filter));
    }

    @Override
    public String name() {
        return "text";
    }

    @Override
    public Optional<Checkpoint> checkpoint() {
        return indexes.checkpoint();
    }

    @Override
    public void apply(List<Row> rows, Checkpoint upTo) {
        indexes.apply(rows, upTo);
    }

    @Override
    public void requireSound() {
        indexes.requireSound();
    }

    @Override
    public void drop(List<Gone> gone) {
        indexes.drop(gone);
    }

    @Override
    public void scour(SpaceId space) {
        indexes.scour(space);
    }

    @Override
    public Position covers() {
        return indexes.covers();
    }

    @Override
    public void clear() {
        indexes.clear();
    }

    @Override
    public void rows(SpaceId space, Consumer<HeldRow> sink) {
        indexes.rows(space, sink);
    }

    @Override
    public boolean holds(Row row) {
        return RowDocuments.held(row).isPresent();
    }

    @Override
    public void close() {
        indexes.close();
    }

    static int bounded(int limit) {
        if (limit < 1 || limit > MOST_MATCHES) {
            throw new IllegalArgumentException(
                    "limit must lie between 1 and " + MOST_MATCHES + ": " + limit);
        }
        return limit;
    }

    private static final class Documents implements DocumentSource {

        /// 2: with the numbers that facts say.
        @Override
        public int layout() {
            return 2;
        }

        @Override
        public boolean holds(Row row) {
            return RowDocuments.held(row).isPresent();
        }

        @Override
        public List<Document> of(List<Row> rows) {
            return rows.stream()
                    .map(row -> {
                        var document = RowDocuments.filterable(row);
                        RowDocuments.addWords(document, row);
                        RowDocuments.addNumber(document, row);
                        return document;
                    })
                    .toList();
        }
    }
}
