package dev.palimpsest.query.index.lucene;

import dev.palimpsest.space.Region;
import dev.palimpsest.time.Interval;
import dev.palimpsest.time.Moments;
import java.util.List;
import org.apache.lucene.document.DoubleField;
import org.apache.lucene.document.LongField;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FieldExistsQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;

/// What filters mean to Lucene.
final class FilterQueries {

    private FilterQueries() {}

    static Query of(Filter filter) {
        return switch (filter) {
            case Filter.AllOf(List<Filter> all) -> allOf(all);
            case Filter.AnyOf(List<Filter> any) -> anyOf(any);
            case Filter.Not(Filter not) -> noneOf(not);
            case Filter.Kinds(var kinds) ->
                    terms(Fields.KIND, kinds.stream().map(kind -> kind.word()).toList());
            case Filter.Rows(var ids) ->
                    new TermInSetQuery(Fields.ID, ids.stream().map(Fields::term).toList());
            case Filter.Words(Filter.Word word, var values) ->
                    terms(Fields.of(word), List.copyOf(values));
            case Filter.Nodes(Filter.Role role, NodeSet nodes) ->
                    NodesQuery.of(Fields.of(role), nodes);
            case Filter.Within(Region region) -> RegionQueries.of(region);
            case Filter.Numbered(double atLeast, double atMost) ->
                    DoubleField.newRangeQuery(Fields.NUMBER, atLeast, atMost);
            case Filter.HasPlace _ -> new FieldExistsQuery(Fields.PLACE);
            case Filter.HasTime _ -> new FieldExistsQuery(Fields.VALID_FROM);
            case Filter.HoldsAt(var moment, boolean possibly) ->
                    holdsAt(Moments.toMicros(moment), possibly);
            case Filter.HoldsDuring(Interval interval, boolean possibly) ->
                    holdsDuring(interval.fromMicros(), interval.untilMicros(), possibly);
            case Filter.LiesIn(Interval interval, boolean possibly) -> liesIn(interval, possibly);
            case Filter.Related(var relations, Interval to, boolean possibly) ->
                    RelatedTime.query(relations, to, possibly);
        };
    }

    private static Query allOf(List<Filter> filters) {
        if (filters.isEmpty()) {
            return MatchAllDocsQuery.INSTANCE;
        }
        var all = new BooleanQuery.Builder();
        filters.forEach(filter -> all.add(of(filter), Occur.FILTER));
        return all.build();
    }

    private static Query anyOf(List<Filter> filters) {
        if (filters.isEmpty()) {
            return MatchNoDocsQuery.INSTANCE;
        }
        var any = new BooleanQuery.Builder();
        filters.forEach(filter -> any.add(of(filter), Occur.SHOULD));
        return any.build();
    }

    private static Query noneOf(Filter filter) {
        return new BooleanQuery.Builder()
                .add(MatchAllDocsQuery.INSTANCE, Occur.FILTER)
                .add(of(filter), Occur.MUST_NOT)
                .build();
    }

    private static Query terms(String field, List<String> values) {
        return new TermInSetQuery(field, values.stream().map(Fields::term).toList());
    }

    private static Query holdsAt(long micros, boolean possibly) {
        return holdsDuring(micros, micros + 1, possibly);
    }

    /// At some microsecond of `[from, until)`.
    private static Query holdsDuring(long from, long until, boolean possibly) {
        String end = possibly ? Fields.VALID_UNTIL : Fields.SURELY_UNTIL;
        return new BooleanQuery.Builder()
                .add(
                        LongField.newRangeQuery(Fields.VALID_FROM, Long.MIN_VALUE, until - 1),
                        Occur.FILTER)
                .add(LongField.newRangeQuery(end, from + 1, Long.MAX_VALUE), Occur.FILTER)
                .build();
    }

    private static Query liesIn(Interval interval, boolean possibly) {
        long from = interval.fromMicros();
        long until = interval.untilMicros();
        String end = possibly ? Fields.SURELY_UNTIL : Fields.VALID_UNTIL;
        return new BooleanQuery.Builder()
                .add(LongField.newRangeQuery(Fields.VALID_FROM, from, until), Occur.FILTER)
                .add(LongField.newRangeQuery(end, from, until), Occur.FILTER)
                .build();
    }
}
