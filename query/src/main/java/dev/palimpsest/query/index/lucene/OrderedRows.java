package dev.palimpsest.query.index.lucene;

import dev.palimpsest.space.GeoPoint;
import dev.palimpsest.time.Moments;
import java.util.List;
import org.apache.lucene.geo.GeoEncodingUtils;
import org.apache.lucene.util.SloppyMath;

/// Finds the first of selected rows in an order. Where many are selected they are met in an order
/// close to the one asked for, until none that is left can be among the first; where few are, each
/// is looked at.
final class OrderedRows {

    private static final double MICROS_PER_SECOND = 1e6;
    private static final double METRES_PER_KILOMETRE = 1_000;

    /// Rounding does not let a nearer place seem further than one at the same longitude.
    private static final double MARGIN = 1 + 1e-9;

    /// If no more than one of so many is selected, each is looked at.
    private static final int RARE = 8;

    private final List<Selector.Selected> selected;
    private final FirstRows first;

    OrderedRows(List<Selector.Selected> selected, int limit) {
        this.selected = selected;
        this.first = new FirstRows(limit);
    }

    List<FirstRows.Met> in(Order order) {
        for (var segment : selected) {
            switch (order) {
                case Order.Nearest(GeoPoint point) -> meetNearest(segment, point);
                case Order.Closest(var moment) -> meetClosest(segment, Moments.toMicros(moment));
                case Order.Newest _ -> meetNewest(segment);
            }
        }
        return first.sorted();
    }

    /// What a key stands for.
    static double score(Order order, double key) {
        return switch (order) {
            case Order.Nearest _ -> -SloppyMath.haversinMeters(key) / METRES_PER_KILOMETRE;
            case Order.Closest _, Order.Newest _ -> -key;
        };
    }

    /// The last document first: it is likely among the newest.
    private void meetNewest(Selector.Selected segment) {
        var rows = segment.rows();
        var positions = segment.columns().fromPosition();
        for (int document = rows.last(); document >= 0; document = rows.before(document)) {
            first.meet((double) -positions.of(document), 0, segment, document);
        }
    }

    private void meetNearest(Selector.Selected segment, GeoPoint point) {
        var columns = segment.columns();
        int[] order = columns.byLatitude();
        if (isRare(segment, order.length)) {
            var rows = segment.rows().and(columns.placed());
            for (int document = rows.first();
                    document < rows.bits().length();
                    document = rows.after(document)) {
                if (key(point, columns.latitude(document), point.longitude()) <= reach()) {
                    meetPlace(segment, point, document);
                }
            }
            return;
        }
        int north = columns.southOf(GeoEncodingUtils.encodeLatitude(point.latitude()));
        for (int i = north; i < order.length && isReached(columns, point, order[i]); i++) {
            meetPlace(segment, point, order[i]);
        }
        for (int i = north - 1; i >= 0 && isReached(columns, point, order[i]); i--) {
            meetPlace(segment, point, order[i]);
        }
    }

    private boolean isReached(Columns columns, GeoPoint point, int document) {
        return key(point, columns.latitude(document), point.longitude()) <= reach();
    }

    private double reach() {
        return first.largestKey() * MARGIN;
    }

    private void meetPlace(Selector.Selected segment, GeoPoint point, int document) {
        if (segment.rows().has(document)) {
            var columns = segment.columns();
            double longitude = GeoEncodingUtils.decodeLongitude(columns.longitude(document));
            first.meet(key(point, columns.latitude(document), longitude), 0, segment, document);
        }
    }

    private static double key(GeoPoint point, int latitude, double longitude) {
        return SloppyMath.haversinSortKey(
                point.latitude(),
                point.longitude(),
                GeoEncodingUtils.decodeLatitude(latitude),
                longitude);
    }

    private void meetClosest(Selector.Selected segment, long moment) {
        var columns = segment.columns();
        int[] order = columns.byStart();
        if (isRare(segment, order.length)) {
            var rows = segment.rows().and(columns.timed());
            for (int document = rows.first();
                    document < rows.bits().length();
                    document = rows.after(document)) {
                meetTime(segment, moment, document);
            }
            return;
        }
        int after = columns.startingBefore(moment + 1);
        for (int i = after;
                i < order.length && gap(moment, columns, order[i]) <= first.largestKey();
                i++) {
            meetTime(segment, moment, order[i]);
        }
        meetStarted(segment, moment, after);
    }

    /// Those that started by the moment, in blocks: how close any of one can be is known.
    private void meetStarted(Selector.Selected segment, long moment, int after) {
        var columns = segment.columns();
        int[] order = columns.byStart();
        int last = (after - 1) / Columns.BLOCK;
        for (int block = after == 0 ? -1 : last; block >= 0; block--) {
            double least = Math.max(0, seconds(moment, columns.latestEnd()[block]));
            int to = Math.min(after, (block + 1) * Columns.BLOCK);
            boolean tooFar =
                    least > first.largestKey()
                            || (least == first.largestKey()
                                    && columns.from().of(order[to - 1]) < first.earliestStart());
            for (int i = to - 1; !tooFar && i >= block * Columns.BLOCK; i--) {
                meetTime(segment, moment, order[i]);
            }
        }
    }

    private void meetTime(Selector.Selected segment, long moment, int document) {
        if (segment.rows().has(document)) {
            var columns = segment.columns();
            first.meet(
                    gap(moment, columns, document), columns.from().of(document), segment, document);
        }
    }

    /// The seconds between a moment and a valid interval; 0 within it.
    private static double gap(long moment, Columns columns, int document) {
        long from = columns.from().of(document);
        if (moment < from) {
            return seconds(from, moment);
        }
        long until = columns.until().of(document);
        return moment >= until ? seconds(moment, until) : 0;
    }

    private static double seconds(long later, long earlier) {
        return ((double) later - earlier) / MICROS_PER_SECOND;
    }

    private static boolean isRare(Selector.Selected segment, int ordered) {
        return segment.rows().count() <= ordered / RARE;
    }
}
