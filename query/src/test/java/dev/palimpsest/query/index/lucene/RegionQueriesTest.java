package dev.palimpsest.query.index.lucene;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.model.EntityId;
import dev.palimpsest.question.Kind;
import dev.palimpsest.space.GeoPoint;
import dev.palimpsest.space.Polygon;
import dev.palimpsest.space.RandomRegions;
import dev.palimpsest.space.Region;
import dev.palimpsest.space.Ring;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The index finds what lies in a region: the same as the region itself says of every point.
class RegionQueriesTest {

    private static final int POINTS = 1_500;
    private static final int REGIONS = 150;

    /// Twice and more what rounding in the index moves a place.
    private static final double MARGIN_DEGREES = 2e-7;

    private static final double MARGIN_KM = 1e-3;

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void findsWhatLiesInAnyRegion(long seed) {
        var regions = new RandomRegions(new Random(seed));
        var points = new ArrayList<GeoPoint>();
        for (int i = 0; i < POINTS; i++) {
            points.add(regions.point());
        }
        int inside = 0;
        try (var index = new LuceneTextIndex(folder)) {
            var space = placed(points, index);
            for (int number = 0; number < REGIONS; number++) {
                var region = regions.region();
                var found = found(space, index, region, points.size());
                for (int i = 0; i < points.size(); i++) {
                    var point = points.get(i);
                    if (!isNearBorder(region, point)) {
                        assertThat(found.contains(i))
                                .as("seed %d, region %d: %s in %s", seed, number, point, region)
                                .isEqualTo(region.contains(point));
                        inside += found.contains(i) ? 1 : 0;
                    }
                }
            }
        }
        assertThat(inside).as("points found, seed %d", seed).isGreaterThan(REGIONS);
    }

    /// Also from a pole, and over it, and across the antimeridian.
    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void nearestMeansNearestOnTheSphere(long seed) {
        var regions = new RandomRegions(new Random(seed));
        var points = new ArrayList<GeoPoint>();
        for (int i = 0; i < POINTS; i++) {
            points.add(regions.point());
        }
        try (var index = new LuceneTextIndex(folder)) {
            var space = placed(points, index);
            for (int number = 0; number < REGIONS; number++) {
                var centre = regions.point();
                var nearest =
                        index.list(
                                space.space(),
                                new Filter.Kinds(Set.of(Kind.FACT)),
                                new Order.Nearest(centre),
                                space.head(),
                                20);
                var distances =
                        points.stream().mapToDouble(centre::kilometresTo).sorted().limit(20);
                assertThat(nearest.stream().mapToDouble(match -> -match.score()).toArray())
                        .as("seed %d, around %s", seed, centre)
                        .containsExactly(distances.toArray(), Offset.offset(MARGIN_KM));
            }
        }
    }

    /// Corners, sides along parallels and meridians, poles, both names of the antimeridian.
    @Test
    void whatLiesOnABorderBelongsToItAndNotWhatLiesOnAHoles() {
        var square = ring(10, 10, 10, 20, 20, 20, 20, 10, 10, 10);
        var hole = ring(12, 12, 12, 15, 15, 15, 15, 12, 12, 12);
        var east = ring(-5, 170, -5, 180, 5, 180, 5, 170, -5, 170);
        var cap = ring(60, -180, 60, 180, 90, 180, 90, -180, 60, -180);
        var regions =
                List.<Region>of(
                        new Region.Area(List.of(new Polygon(square, List.of(hole)))),
                        new Region.Area(List.of(new Polygon(east, List.of()))),
                        new Region.Area(List.of(new Polygon(cap, List.of()))),
                        new Region.Box(10, 10, 20, 20),
                        new Region.Box(-5, 170, 5, 180),
                        new Region.Box(-5, -180, 5, -170),
                        new Region.Box(-5, 180, 5, -170),
                        new Region.Box(80, 10, 90, 20),
                        new Region.Box(-90, 10, -80, 20));
        var points = new ArrayList<GeoPoint>();
        for (double latitude : new double[] {-90, -80, -5, 0, 5, 10, 12, 15, 20, 60, 80, 90}) {
            for (double longitude :
                    new double[] {-180, -170, 0, 10, 11, 12, 13, 15, 20, 170, 175, 180}) {
                points.add(new GeoPoint(latitude, longitude));
            }
        }
        try (var index = new LuceneTextIndex(folder)) {
            var space = placed(points, index);
            for (var region : regions) {
                var found = found(space, index, region, points.size());
                for (int i = 0; i < points.size(); i++) {
                    assertThat(found.contains(i))
                            .as("%s in %s", points.get(i), region)
                            .isEqualTo(region.contains(points.get(i)));
                }
            }
        }
    }

    private static Ring ring(double... latitudesAndLongitudes) {
        var points = new ArrayList<GeoPoint>();
        for (int i = 0; i < latitudesAndLongitudes.length; i += 2) {
            points.add(new GeoPoint(latitudesAndLongitudes[i], latitudesAndLongitudes[i + 1]));
        }
        return new Ring(points);
    }

    private static Example placed(List<GeoPoint> points, LuceneTextIndex index) {
        var space = new Example("regions");
        for (int i = 0; i < points.size(); i++) {
            space.place("p" + i, points.get(i).latitude(), points.get(i).longitude());
        }
        space.follow(index);
        return space;
    }

    /// The numbers of the points whose places are found.
    private static Set<Integer> found(
            Example space, LuceneTextIndex index, Region region, int points) {
        var filter = new Filter.Within(region);
        var nodes = index.nodes(space.space(), filter, Filter.Role.SELF, space.head());
        var numbers = new TreeSet<Integer>();
        for (int i = 0; i < points; i++) {
            if (nodes.contains(space.scribe.nodeOf(new EntityId("p" + i)))) {
                numbers.add(i);
            }
        }
        return numbers;
    }

    private static boolean isNearBorder(Region region, GeoPoint point) {
        if (region instanceof Region.Circle(GeoPoint centre, double kilometres)) {
            return Math.abs(centre.kilometresTo(point) - kilometres) < MARGIN_KM;
        }
        boolean inside = region.contains(point);
        for (int side = 0; side < 4; side++) {
            double north = side < 2 ? (side == 0 ? MARGIN_DEGREES : -MARGIN_DEGREES) : 0;
            double east = side < 2 ? 0 : (side == 2 ? MARGIN_DEGREES : -MARGIN_DEGREES);
            double latitude = Math.clamp(point.latitude() + north, -90, 90);
            double longitude = Math.clamp(point.longitude() + east, -180, 180);
            if (region.contains(new GeoPoint(latitude, longitude)) != inside) {
                return true;
            }
        }
        return false;
    }
}
