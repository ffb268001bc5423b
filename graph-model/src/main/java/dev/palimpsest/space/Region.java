package dev.palimpsest.space;

/// A part of the Earth's surface.
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
            boolean between =
                    west <= east
                            ? point.longitude() >= west && point.longitude() <= east
                            : point.longitude() >= west || point.longitude() <= east;
            return between && point.latitude() >= south && point.latitude() <= north;
        }
    }
}
