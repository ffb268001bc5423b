package dev.palimpsest.space;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/// Regions of every sort by a seed, many of them over a pole or the antimeridian, and points of
/// which many lie there, too.
public final class RandomRegions {

    private final Random random;

    public RandomRegions(Random random) {
        this.random = random;
    }

    public GeoPoint point() {
        double latitude = 180 * random.nextDouble() - 90;
        double longitude = 360 * random.nextDouble() - 180;
        return switch (random.nextInt(10)) {
            case 0 -> new GeoPoint(random.nextBoolean() ? 90 : -90, longitude);
            case 1 -> new GeoPoint(latitude, random.nextBoolean() ? 180 : -180);
            case 2 -> new GeoPoint(Math.signum(latitude) * (85 + random.nextInt(5)), longitude);
            case 3 -> new GeoPoint(latitude / 2, wrapped(longitude / 20 + 180));
            default -> new GeoPoint(latitude, longitude);
        };
    }

    public Region region() {
        return switch (random.nextInt(8)) {
            case 0 -> new Region.Circle(point(), 1 + random.nextInt(3_000));
            case 1 -> new Region.Circle(point(), 3_000 + random.nextInt(17_000));
            case 2, 3 -> box();
            case 4 -> new Region.Area(List.of(star(longitude(-120, 120))));
            case 5 ->
                    new Region.Area(
                            List.of(star(longitude(-120, -60)), star(longitude(-30, 20)), cap(1)));
            case 6 -> overTheAntimeridian();
            default -> new Region.Area(List.of(cap(random.nextBoolean() ? 1 : -1)));
        };
    }

    private Region box() {
        double one = point().latitude();
        double other = point().latitude();
        return new Region.Box(
                Math.min(one, other),
                point().longitude(),
                Math.max(one, other),
                point().longitude());
    }

    private double longitude(double west, double east) {
        return west + (east - west) * random.nextDouble();
    }

    /// With a hole of the same form around the same middle.
    private Polygon star(double longitude) {
        double latitude = 100 * random.nextDouble() - 50;
        int corners = 3 + random.nextInt(60);
        double[] radii =
                IntStream.range(0, corners)
                        .mapToDouble(_ -> 5 + 30 * random.nextDouble())
                        .toArray();
        var outer = star(latitude, longitude, radii, 1);
        return random.nextBoolean()
                ? new Polygon(outer, List.of())
                : new Polygon(outer, List.of(star(latitude, longitude, radii, 0.4)));
    }

    private static Ring star(double latitude, double longitude, double[] radii, double scale) {
        var points = new ArrayList<GeoPoint>();
        for (int i = 0; i < radii.length; i++) {
            double angle = 2 * Math.PI * i / radii.length;
            points.add(
                    new GeoPoint(
                            latitude + scale * radii[i] * Math.sin(angle),
                            longitude + scale * radii[i] * Math.cos(angle)));
        }
        points.add(points.getFirst());
        return new Ring(points);
    }

    /// In two polygons, as GeoJSON wants it.
    private Region overTheAntimeridian() {
        double south = 60 * random.nextDouble() - 60;
        double north = 60 * random.nextDouble() + 1;
        double middle = south + (north - south) * random.nextDouble();
        var west = ring(south, 180, north, 180, middle, longitude(100, 179));
        var east = ring(south, -180, north, -180, middle, longitude(-179, -100));
        return new Region.Area(List.of(west, east));
    }

    private static Polygon ring(double... latitudesAndLongitudes) {
        var points = new ArrayList<GeoPoint>();
        for (int i = 0; i < latitudesAndLongitudes.length; i += 2) {
            points.add(new GeoPoint(latitudesAndLongitudes[i], latitudesAndLongitudes[i + 1]));
        }
        points.add(points.getFirst());
        return new Polygon(new Ring(points), List.of());
    }

    /// Around a pole, its side a zigzag from -180 to 180.
    private Polygon cap(int hemisphere) {
        var points = new ArrayList<GeoPoint>();
        for (int longitude = -180; longitude <= 180; longitude += 20) {
            points.add(new GeoPoint(hemisphere * (86 - 20 * random.nextDouble()), longitude));
        }
        points.add(new GeoPoint(hemisphere * 90, 180));
        points.add(new GeoPoint(hemisphere * 90, -180));
        points.add(points.getFirst());
        return new Polygon(new Ring(points), List.of());
    }

    private static double wrapped(double longitude) {
        return longitude > 180 ? longitude - 360 : longitude;
    }
}
