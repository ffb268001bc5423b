package dev.palimpsest.query.index.lucene;

import dev.palimpsest.space.Region;
import dev.palimpsest.time.Interval;
import dev.palimpsest.time.Moments;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Terms;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.util.FixedBitSet;

/// Which documents of one segment pass a filter.
///
/// While some part of the filter can name the few documents that may pass it, these are looked at
/// one by one; the rest of the filter is then asked of all that are left, 64 at a time.
final class SegmentFilter {

    /// Up to so many nodes may be looked up one by one ...
    private static final int FEW_NODES = 1_024;

    /// ... where one look-up is no dearer than to test so many documents.
    private static final int LOOK_UP = 64;

    /// To look at a document that a list names takes as long as to test so many in a row.
    private static final int LISTED = 16;

    /// No list names those that pass.
    private static final long UNLISTED = Long.MAX_VALUE;

    private final LeafReaderContext leaf;
    private final Columns columns;
    private final Function<Region.Circle, Disc> discs;
    private final SegmentTests tests;

    /// @param discs of circles
    SegmentFilter(
            IndexSearcher searcher,
            LeafReaderContext leaf,
            Columns columns,
            Function<Region.Circle, Disc> discs) {
        this.leaf = leaf;
        this.columns = columns;
        this.discs = discs;
        this.tests = new SegmentTests(searcher, leaf, columns, discs);
    }

    /// Those among `among` that pass.
    SegmentRows passing(Filter filter, SegmentRows among) throws IOException {
        var parts = new ArrayList<Filter>();
        addParts(filter, parts);
        SegmentRows left = among;
        while (!left.isEmpty() && !parts.isEmpty()) {
            int shortest = 0;
            long length = UNLISTED;
            for (int i = 0; i < parts.size(); i++) {
                long its = listed(parts.get(i));
                if (its < length) {
                    length = its;
                    shortest = i;
                }
            }
            if (length > left.count() / LISTED) {
                return left.that(tests.of(new Filter.AllOf(parts)));
            }
            left = narrowed(parts.remove(shortest), left);
        }
        return left;
    }

    /// The filters that all must be passed.
    private static void addParts(Filter filter, List<Filter> parts) {
        if (filter instanceof Filter.AllOf(List<Filter> all)) {
            all.forEach(part -> addParts(part, parts));
        } else {
            parts.add(filter);
        }
    }

    /// Those among others that pass a filter of which a list is known.
    private SegmentRows narrowed(Filter filter, SegmentRows among) throws IOException {
        return switch (filter) {
            case Filter.AnyOf(List<Filter> any) -> {
                var either = new FixedBitSet(leaf.reader().maxDoc());
                for (var one : any) {
                    either.or(passing(one, among).bits());
                }
                yield SegmentRows.of(either);
            }
            case Filter.Words words -> withWords(words, among);
            case Filter.Within _ ->
                    stretch(
                            columns.byLatitude(),
                            columns.southOf(disc(filter).south()),
                            columns.northFrom(disc(filter).north()),
                            among,
                            tests.of(filter));
            case Filter.HoldsAt(var moment, boolean _) ->
                    started(Moments.toMicros(moment) + 1, among, tests.of(filter));
            case Filter.HoldsDuring(Interval interval, boolean _) ->
                    started(interval.untilMicros(), among, tests.of(filter));
            case Filter.LiesIn(Interval interval, boolean _) ->
                    stretch(
                            columns.byStart(),
                            columns.startingBefore(interval.fromMicros()),
                            columns.startingBefore(interval.untilMicros()),
                            among,
                            tests.of(filter));
            case Filter.Rows _, Filter.Nodes _ -> among.and(tests.byIndex(filter));
            case Filter.AllOf _,
                    Filter.Not _,
                    Filter.Kinds _,
                    Filter.HasPlace _,
                    Filter.HasTime _,
                    Filter.Numbered _,
                    Filter.Related _ ->
                    throw new IllegalStateException("no list names what passes " + filter);
        };
    }

    private SegmentRows started(long before, SegmentRows among, RowTest test) {
        return stretch(columns.byStart(), 0, columns.startingBefore(before), among, test);
    }

    /// Those of a stretch of a list that are among others and pass.
    private SegmentRows stretch(int[] list, int from, int to, SegmentRows among, RowTest test) {
        var listed = new FixedBitSet(leaf.reader().maxDoc());
        for (int i = from; i < to; i++) {
            listed.set(list[i]);
        }
        return among.and(listed).that(test);
    }

    private SegmentRows withWords(Filter.Words words, SegmentRows among) throws IOException {
        Terms terms = leaf.reader().terms(Fields.of(words.word()));
        var passing = new FixedBitSet(leaf.reader().maxDoc());
        if (terms != null) {
            var each = terms.iterator();
            for (String word : words.values()) {
                if (each.seekExact(Fields.term(word))) {
                    var list = each.postings(null, PostingsEnum.NONE);
                    for (int document = list.nextDoc();
                            document != DocIdSetIterator.NO_MORE_DOCS;
                            document = list.nextDoc()) {
                        passing.set(document);
                    }
                }
            }
        }
        return among.and(passing);
    }

    private Disc disc(Filter filter) {
        if (filter instanceof Filter.Within(Region.Circle circle)) {
            return discs.apply(circle);
        }
        throw new IllegalStateException("no circle: " + filter);
    }

    /// At most how many documents a list names that pass, found without looking at one.
    private long listed(Filter filter) throws IOException {
        return switch (filter) {
            case Filter.AllOf(List<Filter> filters) -> {
                long least = UNLISTED;
                for (var one : filters) {
                    least = Math.min(least, listed(one));
                }
                yield least;
            }
            case Filter.AnyOf(List<Filter> filters) -> {
                long sum = 0;
                for (var one : filters) {
                    long its = listed(one);
                    sum = its == UNLISTED || sum == UNLISTED ? UNLISTED : sum + its;
                }
                yield sum;
            }
            case Filter.Kinds _,
                    Filter.HasPlace _,
                    Filter.HasTime _,
                    Filter.Not _,
                    Filter.Numbered _,
                    Filter.Related _ ->
                    UNLISTED;
            case Filter.Rows(var ids) -> (long) ids.size() * LOOK_UP;
            case Filter.Words words -> frequency(words);
            case Filter.Nodes(var _, NodeSet nodes) ->
                    nodes.size() <= FEW_NODES ? (long) nodes.size() * LOOK_UP : UNLISTED;
            case Filter.Within(Region.Circle circle) -> {
                var disc = discs.apply(circle);
                yield columns.northFrom(disc.north()) - columns.southOf(disc.south());
            }
            case Filter.Within _ -> UNLISTED;
            case Filter.HoldsAt(var moment, boolean _) ->
                    columns.startingBefore(Moments.toMicros(moment) + 1);
            case Filter.HoldsDuring(var interval, boolean _) ->
                    columns.startingBefore(interval.untilMicros());
            case Filter.LiesIn(var interval, boolean _) ->
                    Math.max(
                            0,
                            columns.startingBefore(interval.untilMicros())
                                    - columns.startingBefore(interval.fromMicros()));
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
