package dev.palimpsest.api.wire;

import dev.palimpsest.space.GeoPoint;

/// A point on the Earth, in degrees.
public record PointBody(double lat, double lon) {

    public static PointBody of(GeoPoint point) {
        return new PointBody(point.latitude(), point.longitude());
    }
}
