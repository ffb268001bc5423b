package dev.palimpsest.query.index.lucene;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.IndexSearcher;
import org.jspecify.annotations.Nullable;

/// Works out selections. Keeps what questions have in common: the columns of segments and which of
/// their documents are current.
final class Selector {

    private final PerSegment<Columns> columns = PerSegment.ofCore(Columns::read);
    private final PerSegment<AtomicReference<@Nullable CurrentRows>> lastKnown =
            PerSegment.ofCore(_ -> new AtomicReference<>());
    private final PerSegment<CurrentRows> currentRows = PerSegment.ofState(this::current);

    /// What a selection holds of one segment.
    record Selected(LeafReaderContext leaf, Columns columns, SegmentRows rows) {}

    /// The segments in which anything is selected.
    List<Selected> select(IndexSearcher searcher, Selection selection) throws IOException {
        var selected = new ArrayList<Selected>();
        for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
            SegmentRows rows = rows(searcher, leaf, selection);
            if (!rows.isEmpty()) {
                selected.add(new Selected(leaf, columns.of(leaf.reader()), rows));
            }
        }
        return selected;
    }

    /// What is selected in one segment.
    SegmentRows rows(IndexSearcher searcher, LeafReaderContext leaf, Selection selection)
            throws IOException {
        IndexReader.CacheHelper helper = leaf.reader().getReaderCacheHelper();
        SegmentRows known = helper == null ? null : selection.known().get(helper.getKey());
        if (known != null) {
            return known;
        }
        selection.deadline().check();
        SegmentRows found = find(searcher, leaf, selection);
        if (helper != null) {
            selection.known().put(helper.getKey(), found);
        }
        return found;
    }

    private CurrentRows current(LeafReader reader) throws IOException {
        var last = lastKnown.of(reader);
        var known = last.get();
        var rows =
                known != null && known.isFollowedBy(reader)
                        ? known.following(reader)
                        : CurrentRows.read(reader);
        last.set(rows);
        return rows;
    }

    private SegmentRows find(IndexSearcher searcher, LeafReaderContext leaf, Selection selection)
            throws IOException {
        var segment = new SegmentFilter(searcher, leaf, columns.of(leaf.reader()), selection::disc);
        var among = selection.among();
        return among.isPresent()
                ? segment.passing(selection.filter(), rows(searcher, leaf, among.get()))
                : segment.passing(
                        selection.filter(),
                        currentRows
                                .of(leaf.reader())
                                .visibleAt(
                                        selection.at().number(),
                                        columns.of(leaf.reader()).fromPosition()));
    }
}
