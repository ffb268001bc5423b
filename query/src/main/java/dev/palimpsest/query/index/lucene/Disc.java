package dev.palimpsest.query.index.lucene;

import dev.palimpsest.space.Region;
import org.apache.lucene.geo.GeoEncodingUtils;
import org.apache.lucene.geo.GeoUtils;
import org.apache.lucene.util.SloppyMath;

/// The places within a circle, as an index keeps places. Says the same as Lucene's distance query;
/// most places it tells by comparing numbers, since they lie outside of a box around the circle or
/// inside of one within.
final class Disc {

    private static final double METRES_PER_KILOMETRE = 1_000;

    /// Half the way round the Earth, and a little: nothing is further away.
    private static final double EVERYWHERE = 20_038;

    /// Boxes are made larger or smaller by that, so that rounding does not matter.
    private static final double MARGIN = 1e-6;

    /// What of the radius the box within spans to the north and the south.
    private static final double WITHIN = 0.7;

    private static final double LONGITUDE_STEPS = GeoEncodingUtils.encodeLongitude(90) / 90.0;

    private final double latitude;
    private final double longitude;
    private final boolean everywhere;
    private final double key;
    private final int south;
    private final int north;
    private final int centre;
    private final long width;
    private final int southWithin;
    private final int northWithin;
    private final long widthWithin;

    Disc(Region.Circle circle) {
        this.latitude = circle.centre().latitude();
        this.longitude = circle.centre().longitude();
        this.everywhere = circle.kilometres() >= EVERYWHERE;
        double metres = circle.kilometres() * METRES_PER_KILOMETRE;
        this.key = everywhere ? Double.MAX_VALUE : GeoUtils.distanceQuerySortKey(metres);
        double radius =
                Math.toDegrees(metres / GeoUtils.EARTH_MEAN_RADIUS_METERS) * (1 + MARGIN) + MARGIN;
        this.south = encoded(latitude - radius);
        this.north = encoded(latitude + radius);
        this.centre = GeoEncodingUtils.encodeLongitude(longitude);
        this.width = (long) Math.ceil(halfWidth(latitude, radius) * LONGITUDE_STEPS) + 1;
        this.southWithin = encoded(latitude - WITHIN * radius);
        this.northWithin = encoded(latitude + WITHIN * radius);
        this.widthWithin = (long) (widthWithin(radius) * LONGITUDE_STEPS) - 1;
    }

    /// Whether every place lies within.
    boolean isEverywhere() {
        return everywhere;
    }

    /// No place south of that lies within.
    int south() {
        return south;
    }

    /// No place north of that lies within.
    int north() {
        return north;
    }

    boolean contains(int itsLatitude, int itsLongitude) {
        if (itsLatitude < south || itsLatitude > north) {
            return false;
        }
        // Longitudes are kept in steps of 360 / 2^32 degrees, so that a difference wraps around.
        long away = Math.abs((long) (itsLongitude - centre));
        if (away > width) {
            return false;
        }
        return (away < widthWithin && itsLatitude > southWithin && itsLatitude < northWithin)
                || SloppyMath.haversinSortKey(
                                latitude,
                                longitude,
                                GeoEncodingUtils.decodeLatitude(itsLatitude),
                                GeoEncodingUtils.decodeLongitude(itsLongitude))
                        <= key;
    }

    private static int encoded(double latitude) {
        return GeoEncodingUtils.encodeLatitude(Math.clamp(latitude, -90, 90));
    }

    /// How far a circle reaches to the east and the west, in degrees.
    private static double halfWidth(double latitude, double radius) {
        if (Math.abs(latitude) + radius >= 90) {
            return 180;
        }
        double sine = Math.sin(Math.toRadians(radius)) / Math.cos(Math.toRadians(latitude));
        return Math.toDegrees(Math.asin(Math.min(1, sine))) * (1 + MARGIN) + MARGIN;
    }

    /// How far the box within reaches to the east and the west; none if that is less than nothing.
    /// Of a box its corners are furthest from its centre.
    private double widthWithin(double radius) {
        double furthest = Math.abs(latitude) + WITHIN * radius;
        if (furthest >= 90) {
            return -1;
        }
        double half = WITHIN * radius;
        double least = key * (1 - MARGIN);
        return corner(latitude - half, half) < least && corner(latitude + half, half) < least
                ? half
                : -1;
    }

    private double corner(double itsLatitude, double away) {
        return SloppyMath.haversinSortKey(latitude, 0, itsLatitude, away);
    }
}
