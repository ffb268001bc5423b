package dev.palimpsest.space;

import java.util.List;
import org.locationtech.jts.algorithm.RayCrossingCounter;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Location;

/// A closed line whose sides are straight in longitude and latitude, as GeoJSON's are (RFC 7946,
/// section 3.1.1); whichever way it runs, what it encloses is the same.
///
/// No side crosses the antimeridian: from 170 to -170 it goes the long way, through 0.
///
/// @param points at least four; the last is the first again
public record Ring(List<GeoPoint> points) {

    /// Three corners, and the first again.
    public static final int FEWEST_POINTS = 4;

    public Ring {
        points = List.copyOf(points);
        if (points.size() < FEWEST_POINTS) {
            throw new IllegalArgumentException(
                    "a ring has at least "
                            + FEWEST_POINTS
                            + " positions, the last like the first: "
                            + points.size());
        }
        if (!points.getFirst().equals(points.getLast())) {
            throw new IllegalArgumentException(
                    "a ring is closed: its last position must be its first again, not "
                            + points.getLast());
        }
    }

    /// Where a point may lie.
    enum Side {
        INSIDE,
        BORDER,
        OUTSIDE
    }

    /// Exact for doubles: no rounding decides.
    Side sideOf(double latitude, double longitude) {
        var counter = new RayCrossingCounter(new Coordinate(longitude, latitude));
        var from = coordinate(points.getFirst());
        for (var point : points.subList(1, points.size())) {
            var to = coordinate(point);
            counter.countSegment(from, to);
            from = to;
        }
        return switch (counter.getLocation()) {
            case Location.INTERIOR -> Side.INSIDE;
            case Location.BOUNDARY -> Side.BORDER;
            default -> Side.OUTSIDE;
        };
    }

    boolean touchesLatitude(double latitude) {
        return points.stream().anyMatch(point -> point.latitude() == latitude);
    }

    Coordinate[] coordinates() {
        return points.stream().map(Ring::coordinate).toArray(Coordinate[]::new);
    }

    private static Coordinate coordinate(GeoPoint point) {
        return new Coordinate(point.longitude(), point.latitude());
    }
}
