package dev.palimpsest.query.index.lucene;

import dev.palimpsest.question.Kind;
import dev.palimpsest.space.Region;
import dev.palimpsest.time.Moments;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Terms;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.util.FixedBitSet;

/// Which documents of one segment pass a filter.
///
/// Of several filters that all must be passed the cheapest is first, and each looks only at what
/// those before it let through: at every one of these, or at the few that the index names,
/// whichever are fewer.
final class SegmentFilter {

    /// Up to so many nodes may be looked up one by one ...
    private static final int FEW_NODES = 1_024;

    /// ... where one look-up is no dearer than to look at so many documents.
    private static final int LOOK_UP = 64;

    private final IndexSearcher searcher;
    private final LeafReaderContext leaf;
    private final Columns columns;

    SegmentFilter(IndexSearcher searcher, LeafReaderContext leaf, Columns columns) {
        this.searcher = searcher;
        this.leaf = leaf;
        this.columns = columns;
    }

    private record Ranked(Filter filter, long cost) {}

    /// Those among `among` that pass.
    SegmentRows passing(Filter filter, SegmentRows among) throws IOException {
        if (among.isEmpty()) {
            return among;
        }
        return switch (filter) {
            case Filter.AllOf(List<Filter> all) -> all(all, among);
            case Filter.AnyOf(List<Filter> any) -> any(any, among);
            case Filter.Not(Filter not) -> among.without(passing(not, among).bits());
            case Filter.Kinds(Set<Kind> kinds) -> ofKinds(kinds, among);
            case Filter.Words words -> withWords(words, among);
            case Filter.Rows _, Filter.Related _, Filter.Numbered _ -> byIndex(filter, among);
            case Filter.Nodes(Filter.Role role, NodeSet nodes) -> withNodes(role, nodes, among);
            case Filter.Within(Region.Circle circle) -> within(circle, among);
            case Filter.Within _ -> byIndex(filter, among);
            case Filter.HasPlace _ -> among.and(columns.placed());
            case Filter.HasTime _ -> among.and(columns.timed());
            case Filter.HoldsAt(var moment, boolean possibly) -> {
                long micros = Moments.toMicros(moment);
                yield overlapping(micros, micros + 1, possibly, among);
            }
            case Filter.HoldsDuring(var interval, boolean possibly) ->
                    overlapping(interval.fromMicros(), interval.untilMicros(), possibly, among);
            case Filter.LiesIn(var interval, boolean possibly) ->
                    inside(interval.fromMicros(), interval.untilMicros(), possibly, among);
        };
    }

    private SegmentRows all(List<Filter> filters, SegmentRows among) throws IOException {
        var ranked = new ArrayList<Ranked>();
        for (var filter : filters) {
            ranked.add(new Ranked(filter, filters.size() == 1 ? 0 : cost(filter)));
        }
        ranked.sort(Comparator.comparingLong(Ranked::cost));
        SegmentRows left = among;
        for (var next : ranked) {
            left = passing(next.filter, left);
        }
        return left;
    }

    private SegmentRows any(List<Filter> filters, SegmentRows among) throws IOException {
        var any = new FixedBitSet(leaf.reader().maxDoc());
        for (var filter : filters) {
            any.or(passing(filter, among).bits());
        }
        return SegmentRows.of(any);
    }

    private SegmentRows ofKinds(Set<Kind> kinds, SegmentRows among) {
        if (kinds.size() == 1) {
            return among.and(columns.kind(kinds.iterator().next()));
        }
        var any = new FixedBitSet(leaf.reader().maxDoc());
        kinds.forEach(kind -> any.or(columns.kind(kind)));
        return among.and(any);
    }

    private SegmentRows withWords(Filter.Words words, SegmentRows among) throws IOException {
        Terms terms = leaf.reader().terms(Fields.of(words.word()));
        var passing = new FixedBitSet(leaf.reader().maxDoc());
        if (terms != null) {
            var each = terms.iterator();
            for (String word : words.values()) {
                if (each.seekExact(Fields.term(word))) {
                    add(each.postings(null, PostingsEnum.NONE), each.docFreq(), among, passing);
                }
            }
        }
        return SegmentRows.of(passing);
    }

    /// Adds those of a list that are among others.
    private static void add(
            DocIdSetIterator list, long length, SegmentRows among, FixedBitSet passing)
            throws IOException {
        if (among.count() > length / LOOK_UP) {
            for (int document = list.nextDoc();
                    document != DocIdSetIterator.NO_MORE_DOCS;
                    document = list.nextDoc()) {
                if (among.has(document)) {
                    passing.set(document);
                }
            }
            return;
        }
        for (int document = among.first();
                document != DocIdSetIterator.NO_MORE_DOCS;
                document = among.after(document)) {
            int reached = list.docID() < document ? list.advance(document) : list.docID();
            if (reached == document) {
                passing.set(document);
            }
        }
    }

    private SegmentRows withNodes(Filter.Role role, NodeSet nodes, SegmentRows among)
            throws IOException {
        if (nodes.isEmpty()) {
            return SegmentRows.none(leaf.reader().maxDoc());
        }
        if (nodes.size() <= FEW_NODES && (long) nodes.size() * LOOK_UP < among.count()) {
            return byIndex(new Filter.Nodes(role, nodes), among);
        }
        var column = columns.nodes(role);
        return among.that(document -> column.isAny(document, nodes));
    }

    private SegmentRows within(Region.Circle circle, SegmentRows among) {
        var disc = new Disc(circle);
        if (disc.isEverywhere()) {
            return among.and(columns.placed());
        }
        IntPredicate inside =
                document -> disc.contains(columns.latitude(document), columns.longitude(document));
        int from = columns.southOf(disc.south());
        int to = columns.northFrom(disc.north());
        if (to - from < among.count()) {
            return listed(columns.byLatitude(), from, to, among, inside);
        }
        return among.that(document -> columns.placed().get(document) && inside.test(document));
    }

    /// Sharing a microsecond with `[from, until)`.
    private SegmentRows overlapping(long from, long until, boolean possibly, SegmentRows among) {
        long[] starts = columns.from();
        long[] ends = possibly ? columns.until() : columns.surely();
        int to = columns.startingBefore(until);
        if (to < among.count()) {
            return listed(columns.byStart(), 0, to, among, document -> ends[document] > from);
        }
        return among.that(document ->
                columns.timed().get(document) && starts[document] < until && ends[document] > from);
    }

    private SegmentRows inside(long from, long until, boolean possibly, SegmentRows among) {
        long[] starts = columns.from();
        long[] ends = possibly ? columns.surely() : columns.until();
        int first = columns.startingBefore(from);
        int to = columns.startingBefore(until);
        IntPredicate ending = document -> ends[document] <= until;
        if (to - first < among.count()) {
            return listed(columns.byStart(), first, to, among, ending);
        }
        return among.that(document ->
                columns.timed().get(document)
                        && from <= starts[document]
                        && starts[document] < until
                        && ending.test(document));
    }

    /// Those of a stretch of a list that are among others and of which that is true.
    private SegmentRows listed(int[] list, int from, int to, SegmentRows among, IntPredicate test) {
        var passing = new FixedBitSet(leaf.reader().maxDoc());
        for (int i = from; i < to; i++) {
            if (among.has(list[i]) && test.test(list[i])) {
                passing.set(list[i]);
            }
        }
        return SegmentRows.of(passing);
    }

    private SegmentRows byIndex(Filter filter, SegmentRows among) throws IOException {
        var passing = new FixedBitSet(leaf.reader().maxDoc());
        var weight =
                searcher.createWeight(
                        searcher.rewrite(FilterQueries.of(filter)),
                        ScoreMode.COMPLETE_NO_SCORES,
                        1);
        var scorer = weight.scorer(leaf);
        if (scorer != null) {
            passing.or(scorer.iterator());
            passing.and(among.bits());
        }
        return SegmentRows.of(passing);
    }

    /// At most how many documents have to be looked at, found without looking at one.
    private long cost(Filter filter) throws IOException {
        long all = leaf.reader().maxDoc();
        return switch (filter) {
            case Filter.AllOf(List<Filter> filters) -> {
                long least = all;
                for (var one : filters) {
                    least = Math.min(least, cost(one));
                }
                yield least;
            }
            case Filter.AnyOf(List<Filter> filters) -> {
                long sum = 0;
                for (var one : filters) {
                    sum += cost(one);
                }
                yield sum;
            }
            case Filter.Kinds _, Filter.HasPlace _, Filter.HasTime _ -> all / Long.SIZE;
            case Filter.Not(Filter not) -> all + cost(not);
            case Filter.Related _, Filter.Numbered _ -> all;
            case Filter.Rows(var ids) -> ids.size();
            case Filter.Words words -> frequency(words);
            case Filter.Nodes(var role, NodeSet nodes) ->
                    nodes.size() <= FEW_NODES
                            ? Math.min(all, (long) nodes.size() * LOOK_UP)
                            : Math.min(all, columns.nodes(role).nodes().length);
            case Filter.Within(Region.Circle circle) -> {
                var disc = new Disc(circle);
                yield columns.northFrom(disc.north()) - columns.southOf(disc.south());
            }
            case Filter.Within _ -> columns.byLatitude().length;
            case Filter.HoldsAt(var moment, boolean _) ->
                    columns.startingBefore(Moments.toMicros(moment) + 1);
            case Filter.HoldsDuring(var interval, boolean _) ->
                    columns.startingBefore(interval.untilMicros());
            case Filter.LiesIn(var interval, boolean _) ->
                    columns.startingBefore(interval.untilMicros())
                            - columns.startingBefore(interval.fromMicros());
        };
    }

    private long frequency(Filter.Words words) throws IOException {
        Terms terms = leaf.reader().terms(Fields.of(words.word()));
        if (terms == null) {
            return 0;
        }
        var each = terms.iterator();
        long sum = 0;
        for (String word : words.values()) {
            sum += each.seekExact(Fields.term(word)) ? each.docFreq() : 0;
        }
        return sum;
    }
}
