package dev.palimpsest.query.index.lucene;

import dev.palimpsest.time.Allen;
import dev.palimpsest.time.Interval;
import dev.palimpsest.time.Moments;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.lucene.document.LongField;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.Query;

/// Allen's relations as ranges of the start and the end of a row's time.
///
/// Against an interval `[a, b)` a start is of one of five sorts - before a, a, between, b, after b
/// - and so is an end; a sort of start and a sort of end make a relation. So a set of relations is,
///   for each sort of start, a few stretches in which the end must lie. An end that nobody knows
///   may be anything from the first microsecond to the latest, but not [Moments#OPEN]: it is over.
final class RelatedTime {

    private static final long LAST_END = Moments.OPEN - 1;

    private RelatedTime() {}

    /// Whole microseconds from `low` to `high`, both included; none if `high` is less.
    private record Stretch(long low, long high) {
        boolean isEmpty() {
            return high < low;
        }
    }

    /// Starts of one or more sorts, and where the end must lie then.
    private record Case(Stretch start, List<Stretch> ends) {}

    static Query query(Set<Allen> relations, Interval to, boolean possibly) {
        var any = new BooleanQuery.Builder();
        for (var one : cases(relations, to.fromMicros(), to.untilMicros())) {
            for (var end : one.ends) {
                any.add(startingAndEnding(one.start, end, possibly), Occur.SHOULD);
            }
        }
        return any.build();
    }

    private static List<Case> cases(Set<Allen> relations, long from, long until) {
        var sorts = sorts(from, until);
        var cases = new ArrayList<Case>();
        for (var start : sorts) {
            if (start.low == Moments.OPEN) {
                continue;
            }
            var ends = ends(relations, start, sorts, from, until);
            boolean same =
                    !cases.isEmpty()
                            && cases.getLast().start.high + 1 == start.low
                            && cases.getLast().ends.equals(ends);
            if (same) {
                var wider = new Stretch(cases.removeLast().start.low, start.high);
                cases.add(new Case(wider, ends));
            } else if (!ends.isEmpty()) {
                cases.add(new Case(start, ends));
            }
        }
        return cases;
    }

    private static List<Stretch> sorts(long from, long until) {
        var sorts = new ArrayList<Stretch>();
        sorts.add(new Stretch(Long.MIN_VALUE, from - 1));
        sorts.add(new Stretch(from, from));
        sorts.add(new Stretch(from + 1, until - 1));
        sorts.add(new Stretch(until, until));
        if (until < Moments.OPEN) {
            sorts.add(new Stretch(until + 1, Moments.OPEN));
        }
        sorts.removeIf(Stretch::isEmpty);
        return sorts;
    }

    /// Where the end lies if the start is of that sort, as few stretches as will do.
    private static List<Stretch> ends(
            Set<Allen> relations, Stretch start, List<Stretch> sorts, long from, long until) {
        var ends = new ArrayList<Stretch>();
        // No end comes before the second microsecond: whatever lies below it says nothing.
        long first = start.low + 1;
        for (var sort : sorts) {
            long end = Math.max(sort.low, first);
            if (end > sort.high || !relations.contains(Allen.of(start.low, end, from, until))) {
                continue;
            }
            long low = sort.low <= first ? Long.MIN_VALUE : sort.low;
            boolean goesOn = !ends.isEmpty() && ends.getLast().high + 1 == low;
            ends.add(new Stretch(goesOn ? ends.removeLast().low : low, sort.high));
        }
        return ends;
    }

    private static Query startingAndEnding(Stretch start, Stretch end, boolean possibly) {
        var both = new BooleanQuery.Builder();
        add(both, Fields.VALID_FROM, start.low, start.high);
        if (end.low == Moments.OPEN) {
            add(both, Fields.SURELY_UNTIL, Moments.OPEN, Moments.OPEN);
        } else if (possibly) {
            add(both, Fields.SURELY_UNTIL, Long.MIN_VALUE, end.high);
            add(both, Fields.VALID_UNTIL, end.low, Long.MAX_VALUE);
        } else {
            add(both, Fields.SURELY_UNTIL, end.low, end.high);
            if (end.high < LAST_END) {
                add(both, Fields.VALID_UNTIL, Long.MIN_VALUE, end.high);
            }
        }
        return both.build();
    }

    private static void add(BooleanQuery.Builder all, String field, long low, long high) {
        all.add(LongField.newRangeQuery(field, low, high), Occur.FILTER);
    }
}
