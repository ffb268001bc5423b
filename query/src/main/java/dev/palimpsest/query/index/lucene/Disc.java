package dev.palimpsest.query.index.lucene;

import dev.palimpsest.space.Region;
import org.apache.lucene.geo.GeoEncodingUtils;
import org.apache.lucene.geo.GeoUtils;
import org.apache.lucene.util.SloppyMath;

/// The places within a circle, as an index keeps places. Says the same as Lucene's distance query;
/// nearly all places it tells by comparing numbers: of each of some strips of latitude it knows how
/// far to the east and the west all places lie within, and from where on none does.
final class Disc {

    private static final double METRES_PER_KILOMETRE = 1_000;

    /// Half the way round the Earth, and a little: nothing is further away.
    private static final double EVERYWHERE = 20_038;

    /// Radii are made larger or smaller by that part and by so many degrees, so that rounding does
    /// not matter.
    private static final double MARGIN = 1e-6;

    /// Widths likewise, in degrees.
    private static final double WIDTH_MARGIN = 5e-6;

    /// Rounding of a cosine, and below which part of it nothing is told by it.
    private static final double COSINE_MARGIN = 1e-14;

    private static final double LEAST_COSINE = 1e-9;

    /// There are at most 2 to that of strips, and at least half as many.
    private static final int STRIP_BITS = 8;

    private static final double LATITUDE_STEPS = 0x1p32 / 180;
    private static final double LONGITUDE_STEPS = 0x1p32 / 360;
    private static final double WHOLE = 180;
    private static final double NOWHERE = -1;

    private final double latitude;
    private final double longitude;
    private final boolean everywhere;
    private final double key;
    private final int south;
    private final int north;
    private final int centre;
    private final int stripShift;

    /// By strip, in steps of longitude.
    private final long[] surelyWithin;

    private final long[] perhapsWithin;

    Disc(Region.Circle circle) {
        this.latitude = circle.centre().latitude();
        this.longitude = circle.centre().longitude();
        this.everywhere = circle.kilometres() >= EVERYWHERE;
        double metres = circle.kilometres() * METRES_PER_KILOMETRE;
        this.key = everywhere ? Double.MAX_VALUE : GeoUtils.distanceQuerySortKey(metres);
        double radius = Math.toDegrees(metres / GeoUtils.EARTH_MEAN_RADIUS_METERS);
        double larger = radius * (1 + MARGIN) + MARGIN;
        this.south = encoded(latitude - larger);
        this.north = encoded(latitude + larger);
        this.centre = GeoEncodingUtils.encodeLongitude(longitude);
        long span = (long) north - south;
        this.stripShift = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(span) - STRIP_BITS);
        int strips = (int) (span >> stripShift) + 1;
        this.surelyWithin = new long[strips];
        this.perhapsWithin = new long[strips];
        for (int strip = 0; strip < strips; strip++) {
            double from = (south + ((long) strip << stripShift)) / LATITUDE_STEPS;
            double to = from + (1L << stripShift) / LATITUDE_STEPS;
            double least = least(from, to, radius * (1 - MARGIN) - MARGIN);
            double most = most(from, to, larger);
            surelyWithin[strip] = (long) Math.floor((least - WIDTH_MARGIN) * LONGITUDE_STEPS) - 1;
            perhapsWithin[strip] = (long) Math.ceil((most + WIDTH_MARGIN) * LONGITUDE_STEPS) + 1;
        }
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
        int strip = (int) (((long) itsLatitude - south) >> stripShift);
        // Longitudes are kept in steps of 360 / 2^32 degrees, so that a difference wraps around.
        long away = Math.abs((long) (itsLongitude - centre));
        if (away <= surelyWithin[strip]) {
            return true;
        }
        return away <= perhapsWithin[strip]
                && SloppyMath.haversinSortKey(
                                latitude,
                                longitude,
                                GeoEncodingUtils.decodeLatitude(itsLatitude),
                                GeoEncodingUtils.decodeLongitude(itsLongitude))
                        <= key;
    }

    private static int encoded(double latitude) {
        return GeoEncodingUtils.encodeLatitude(Math.clamp(latitude, -90, 90));
    }

    /// How far to the east and the west all places of a strip lie within a circle, in degrees.
    private double least(double from, double to, double radius) {
        double least =
                Math.min(
                        halfWidth(from, radius, COSINE_MARGIN),
                        halfWidth(to, radius, COSINE_MARGIN));
        double turn = turn(radius);
        return from <= turn && turn <= to
                ? Math.min(least, halfWidth(turn, radius, COSINE_MARGIN))
                : least;
    }

    /// Beyond how far no place of a strip lies within a circle, in degrees.
    private double most(double from, double to, double radius) {
        double most =
                Math.max(
                        halfWidth(from, radius, -COSINE_MARGIN),
                        halfWidth(to, radius, -COSINE_MARGIN));
        double turn = turn(radius);
        return from - MARGIN <= turn && turn <= to + MARGIN
                ? Math.max(most, halfWidth(turn, radius, -COSINE_MARGIN))
                : most;
    }

    /// The latitude at which a circle is widest, or the rest of the Earth is; NaN if there is none.
    private double turn(double radius) {
        return Math.toDegrees(
                Math.asin(Math.sin(Math.toRadians(latitude)) / Math.cos(Math.toRadians(radius))));
    }

    /// How far a circle reaches to the east and the west at a latitude, in degrees: by the cosine
    /// law of the sphere. Where rounding decides, a positive margin says the less, a negative one
    /// the more.
    private double halfWidth(double itsLatitude, double radius, double margin) {
        if (radius <= 0) {
            return NOWHERE;
        }
        double from = Math.toRadians(latitude);
        double to = Math.toRadians(itsLatitude);
        double both = Math.cos(from) * Math.cos(to);
        if (both < LEAST_COSINE) {
            return margin > 0 ? NOWHERE : WHOLE;
        }
        double ofRadius = Math.cos(Math.toRadians(Math.min(radius, WHOLE)));
        double cosine = (ofRadius - Math.sin(from) * Math.sin(to) + margin) / both;
        if (cosine > 1) {
            return NOWHERE;
        }
        return cosine <= -1 ? WHOLE : Math.toDegrees(Math.acos(cosine));
    }
}
