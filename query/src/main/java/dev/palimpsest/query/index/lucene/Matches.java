package dev.palimpsest.query.index.lucene;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.SortField;

/// Turns Lucene's document numbers into rows.
final class Matches {

    /// Among equals the row recorded last comes first, whatever segment it lies in.
    static final SortField LATER_FIRST = new SortField(Fields.ID_HIGH, SortField.Type.LONG, true);

    static final SortField THEN_BY_ID = new SortField(Fields.ID_LOW, SortField.Type.LONG, true);

    private static final Comparator<Match> BEST_FIRST =
            Comparator.comparingDouble(Match::score)
                    .reversed()
                    .thenComparing(match -> match.id().value(), Comparator.reverseOrder());

    private Matches() {}

    /// The rows of documents, in the order of the documents.
    static List<Match> of(IndexSearcher searcher, ScoreDoc[] documents) throws IOException {
        var order = new Integer[documents.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingInt(i -> documents[i].doc));
        var matches = new Match[documents.length];
        List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
        LeafReaderContext leaf = null;
        MatchColumns columns = null;
        for (int i : order) {
            int document = documents[i].doc;
            var itsLeaf = leaves.get(ReaderUtil.subIndex(document, leaves));
            if (columns == null || itsLeaf != leaf) {
                leaf = itsLeaf;
                columns = new MatchColumns(leaf.reader());
            }
            matches[i] = columns.match(document - itsLeaf.docBase, documents[i].score);
        }
        return List.of(matches);
    }

    /// The best of them, best first.
    static List<Match> best(List<Match> matches, int limit) {
        var sorted = new ArrayList<>(matches);
        sorted.sort(BEST_FIRST);
        return List.copyOf(sorted.subList(0, Math.min(limit, sorted.size())));
    }
}
