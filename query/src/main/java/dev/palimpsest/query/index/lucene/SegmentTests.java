package dev.palimpsest.query.index.lucene;

import dev.palimpsest.question.Kind;
import dev.palimpsest.space.Region;
import dev.palimpsest.time.Interval;
import dev.palimpsest.time.Moments;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Terms;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.util.FixedBitSet;

/// Turns filters into tests of the documents of one segment. What its columns cannot tell the index
/// is asked for all documents at once.
final class SegmentTests {

    private static final Set<Kind> EVERY_KIND = EnumSet.allOf(Kind.class);

    private final IndexSearcher searcher;
    private final LeafReaderContext leaf;
    private final Columns columns;
    private final Function<Region.Circle, Disc> discs;

    SegmentTests(
            IndexSearcher searcher,
            LeafReaderContext leaf,
            Columns columns,
            Function<Region.Circle, Disc> discs) {
        this.discs = discs;
        this.searcher = searcher;
        this.leaf = leaf;
        this.columns = columns;
    }

    RowTest of(Filter filter) throws IOException {
        return switch (filter) {
            case Filter.AllOf(List<Filter> all) -> all(each(all));
            case Filter.AnyOf(List<Filter> any) -> new RowTest.Any(each(any));
            case Filter.Not(Filter not) -> new RowTest.Not(of(not));
            case Filter.Kinds(Set<Kind> kinds) -> ofKinds(kinds);
            case Filter.Words words when Tags.are(words.word()) -> tagged(words);
            case Filter.Words _, Filter.Rows _, Filter.Related _, Filter.Numbered _ ->
                    new RowTest.Among(byIndex(filter));
            case Filter.Nodes(Filter.Role role, NodeSet nodes) ->
                    nodes.isEmpty() ? NOTHING : new RowTest.About(columns.nodes(role), nodes);
            case Filter.Within(Region.Circle circle) -> within(discs.apply(circle));
            case Filter.Within _ -> new RowTest.Among(byIndex(filter));
            case Filter.HasPlace _ -> placed();
            case Filter.HasTime _ -> timed();
            case Filter.HoldsAt(var moment, boolean possibly) -> {
                long micros = Moments.toMicros(moment);
                yield overlapping(micros, micros + 1, possibly);
            }
            case Filter.HoldsDuring(Interval interval, boolean possibly) ->
                    overlapping(interval.fromMicros(), interval.untilMicros(), possibly);
            case Filter.LiesIn(Interval interval, boolean possibly) ->
                    all(
                            List.of(
                                    timed(),
                                    columns.from()
                                            .between(
                                                    interval.fromMicros(),
                                                    interval.untilMicros() - 1),
                                    ends(!possibly)
                                            .between(Long.MIN_VALUE, interval.untilMicros())));
        };
    }

    /// Every document that passes, by the index itself.
    FixedBitSet byIndex(Filter filter) throws IOException {
        var passing = new FixedBitSet(leaf.reader().maxDoc());
        var weight =
                searcher.createWeight(
                        searcher.rewrite(FilterQueries.of(filter)),
                        ScoreMode.COMPLETE_NO_SCORES,
                        1);
        var scorer = weight.scorer(leaf);
        if (scorer != null) {
            passing.or(scorer.iterator());
        }
        return passing;
    }

    private static final RowTest NOTHING = new RowTest.Any(List.of());

    private List<RowTest> each(List<Filter> filters) throws IOException {
        var tests = new ArrayList<RowTest>();
        for (var filter : filters) {
            tests.add(of(filter));
        }
        return tests;
    }

    private static RowTest all(List<RowTest> tests) {
        return new RowTest.All(
                tests.stream().sorted(Comparator.comparingInt(RowTest::cost)).toList());
    }

    private RowTest ofKinds(Set<Kind> kinds) {
        if (kinds.equals(EVERY_KIND)) {
            return new RowTest.Anything();
        }
        return new RowTest.Any(
                kinds.stream()
                        .<RowTest>map(kind -> new RowTest.Among(columns.kind(kind)))
                        .toList());
    }

    private RowTest tagged(Filter.Words words) throws IOException {
        Terms terms = leaf.reader().terms(Fields.of(words.word()));
        if (terms == null) {
            return NOTHING;
        }
        var each = terms.iterator();
        var any = new ArrayList<RowTest>();
        for (String word : words.values()) {
            Tags.of(each, word, columns.tags())
                    .ifPresent(tag -> any.add(new RowTest.Tagged(columns.tags(), tag)));
        }
        return new RowTest.Any(any);
    }

    private RowTest within(Disc disc) {
        return disc.isEverywhere()
                ? placed()
                : all(
                        List.of(
                                placed(),
                                columns.places()
                                        .between(
                                                Columns.firstAt(disc.south()),
                                                Columns.lastAt(disc.north())),
                                new RowTest.Within(columns.places(), disc)));
    }

    /// Times that share a microsecond with `[from, until)`.
    private RowTest overlapping(long from, long until, boolean possibly) {
        return all(
                List.of(
                        timed(),
                        columns.from().between(Long.MIN_VALUE, until - 1),
                        ends(possibly).between(from + 1, Long.MAX_VALUE)));
    }

    /// When documents end: by then at the latest, or surely not before.
    private RankedNumbers ends(boolean latest) {
        return latest ? columns.until() : columns.surely();
    }

    private RowTest placed() {
        return new RowTest.Among(columns.placed());
    }

    private RowTest timed() {
        return new RowTest.Among(columns.timed());
    }
}
