package dev.palimpsest.query.index.lucene;

import dev.palimpsest.space.GeoPoint;
import dev.palimpsest.space.Polygon;
import dev.palimpsest.space.Region;
import dev.palimpsest.space.Ring;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.document.LatLonDocValuesField;
import org.apache.lucene.document.LatLonPoint;
import org.apache.lucene.geo.GeoEncodingUtils;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexOrDocValuesQuery;
import org.apache.lucene.search.Query;

/// What regions mean to Lucene.
///
/// An index keeps a place in steps of 360 / 2^32 degrees, rounded down, and a region's corners are
/// rounded likewise, so that a place at a corner or on a side along a parallel or meridian is on it
/// in the index, too. Nearer than 2e-7 degrees (2 cm) to any other side, or half a metre to a
/// circle, either may be answered.
final class RegionQueries {

    private static final double METRES_PER_KILOMETRE = 1_000;

    private RegionQueries() {}

    static Query of(Region region) {
        return switch (region) {
            case Region.Circle circle -> circle(circle);
            case Region.Box box -> any(box(box), spelledOtherwise(box));
            case Region.Area area -> any(polygons(area), spelledOtherwise(area));
        };
    }

    private static Query circle(Region.Circle circle) {
        double latitude = circle.centre().latitude();
        double longitude = circle.centre().longitude();
        double metres = circle.kilometres() * METRES_PER_KILOMETRE;
        return new IndexOrDocValuesQuery(
                LatLonPoint.newDistanceQuery(Fields.PLACE, latitude, longitude, metres),
                LatLonDocValuesField.newSlowDistanceQuery(
                        Fields.PLACE, latitude, longitude, metres));
    }

    private static Query box(Region.Box box) {
        double south = latitude(box.south());
        double north = latitude(box.north());
        double west = longitude(box.west());
        double east = longitude(box.east());
        return new IndexOrDocValuesQuery(
                LatLonPoint.newBoxQuery(Fields.PLACE, south, north, west, east),
                LatLonDocValuesField.newSlowBoxQuery(Fields.PLACE, south, north, west, east));
    }

    private static Query polygons(Region.Area area) {
        var polygons =
                area.polygons().stream()
                        .map(RegionQueries::polygon)
                        .toArray(org.apache.lucene.geo.Polygon[]::new);
        return new IndexOrDocValuesQuery(
                LatLonPoint.newPolygonQuery(Fields.PLACE, polygons),
                LatLonDocValuesField.newSlowPolygonQuery(Fields.PLACE, polygons));
    }

    private static org.apache.lucene.geo.Polygon polygon(Polygon polygon) {
        return ring(
                polygon.outer(),
                polygon.holes().stream()
                        .map(RegionQueries::ring)
                        .toArray(org.apache.lucene.geo.Polygon[]::new));
    }

    private static org.apache.lucene.geo.Polygon ring(
            Ring ring, org.apache.lucene.geo.Polygon... holes) {
        return new org.apache.lucene.geo.Polygon(
                ring.points().stream().mapToDouble(point -> latitude(point.latitude())).toArray(),
                ring.points().stream().mapToDouble(point -> longitude(point.longitude())).toArray(),
                holes);
    }

    /// The poles and parts of the antimeridian that belong to a region also under longitudes it
    /// does not speak of.
    private static Set<Region.Box> spelledOtherwise(Region.Box box) {
        var others = new LinkedHashSet<Region.Box>();
        addPole(others, box.south());
        addPole(others, box.north());
        if (Math.abs(box.west()) == 180 || Math.abs(box.east()) == 180) {
            others.add(new Region.Box(box.south(), 180, box.north(), -180));
        }
        return others;
    }

    private static Set<Region.Box> spelledOtherwise(Region.Area area) {
        var others = new LinkedHashSet<Region.Box>();
        for (var polygon : area.polygons()) {
            List<GeoPoint> points = polygon.outer().points();
            for (int i = 1; i < points.size(); i++) {
                var from = points.get(i - 1);
                var to = points.get(i);
                addPole(others, to.latitude());
                if (Math.abs(to.longitude()) == 180) {
                    boolean along = from.longitude() == to.longitude();
                    double other = along ? from.latitude() : to.latitude();
                    others.add(
                            new Region.Box(
                                    Math.min(other, to.latitude()),
                                    180,
                                    Math.max(other, to.latitude()),
                                    -180));
                }
            }
        }
        return others;
    }

    private static void addPole(Set<Region.Box> boxes, double latitude) {
        if (Math.abs(latitude) == 90) {
            boxes.add(new Region.Box(latitude, -180, latitude, 180));
        }
    }

    private static Query any(Query region, Set<Region.Box> others) {
        if (others.isEmpty()) {
            return region;
        }
        var any = new BooleanQuery.Builder().add(region, Occur.SHOULD);
        others.forEach(box -> any.add(box(box), Occur.SHOULD));
        return any.build();
    }

    private static double latitude(double degrees) {
        return GeoEncodingUtils.decodeLatitude(GeoEncodingUtils.encodeLatitude(degrees));
    }

    private static double longitude(double degrees) {
        return GeoEncodingUtils.decodeLongitude(GeoEncodingUtils.encodeLongitude(degrees));
    }
}
