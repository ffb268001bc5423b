package dev.palimpsest.datasets.made;

import dev.palimpsest.datasets.airroutes.AirRoutes;
import dev.palimpsest.space.GeoPoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

/// Places where things happen: near real airports, near few of them most.
public final class Cities {

    private static final long SEED = 2;
    private static final double SPREAD_DEGREES = 0.15;

    private final List<GeoPoint> points;
    private final Zipf zipf;

    private Cities(List<GeoPoint> points) {
        this.points = points;
        this.zipf = new Zipf(points.size());
    }

    /// Reads the airports of `air-routes` in `folder`.
    public static Cities read(Path folder) throws IOException {
        var points = new ArrayList<GeoPoint>();
        AirRoutes.read(folder.resolve("air-routes"))
                .airports()
                .forEach(airport -> points.add(airport.place()));
        Collections.shuffle(points, new Random(SEED));
        return new Cities(List.copyOf(points));
    }

    int draw(RandomGenerator random) {
        return zipf.next(random);
    }

    GeoPoint centre(int city) {
        return points.get(city);
    }

    /// A place in or near a city.
    GeoPoint near(int city, RandomGenerator random) {
        var centre = points.get(city);
        return new GeoPoint(
                Math.clamp(centre.latitude() + SPREAD_DEGREES * random.nextGaussian(), -90, 90),
                Math.clamp(centre.longitude() + SPREAD_DEGREES * random.nextGaussian(), -180, 180));
    }
}
