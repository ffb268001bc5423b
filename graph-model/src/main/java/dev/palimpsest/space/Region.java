package dev.palimpsest.space;

import java.util.List;

/// A part of the Earth's surface, its outer border included.
///
/// A pole is one point whatever its longitude, and so are longitudes 180 and -180 at one latitude.
public sealed interface Region {

    boolean contains(GeoPoint point);

    /// All points at most `kilometres` from `centre`.
    record Circle(GeoPoint centre, double kilometres) implements Region {
        public Circle {
            if (!(kilometres > 0 && kilometres <= 20_040)) {
                throw new IllegalArgumentException(
                        "km must be more than 0 and at most 20040: " + kilometres);
            }
        }

        @Override
        public boolean contains(GeoPoint point) {
            return centre.kilometresTo(point) <= kilometres;
        }
    }

    /// Between two parallels and two meridians; `west` greater than `east` crosses the
    /// antimeridian.
    record Box(double south, double west, double north, double east) implements Region {
        public Box {
            new GeoPoint(south, west);
            new GeoPoint(north, east);
            if (south > north) {
                throw new IllegalArgumentException(
                        "south must not lie north of north: " + south + ", " + north);
            }
        }

        @Override
        public boolean contains(GeoPoint point) {
            return point.latitude() >= south
                    && point.latitude() <= north
                    && (Math.abs(point.latitude()) == 90
                            || isBetween(point.longitude())
                            || (Math.abs(point.longitude()) == 180
                                    && isBetween(-point.longitude())));
        }

        private boolean isBetween(double longitude) {
            return west <= east
                    ? longitude >= west && longitude <= east
                    : longitude >= west || longitude <= east;
        }
    }

    /// One polygon or several: in any of them.
    ///
    /// What crosses the antimeridian is cut there into two polygons, as RFC 7946 (section 3.1.9)
    /// wants it; what holds a pole has a side along the pole's latitude, from -180 to 180.
    record Area(List<Polygon> polygons) implements Region {
        public Area {
            polygons = List.copyOf(polygons);
            if (polygons.isEmpty()) {
                throw new IllegalArgumentException("an area has at least one polygon");
            }
            Polygon.requireSize(polygons.stream().mapToLong(Polygon::points).sum());
        }

        @Override
        public boolean contains(GeoPoint point) {
            return polygons.stream().anyMatch(polygon -> polygon.contains(point));
        }
    }
}
