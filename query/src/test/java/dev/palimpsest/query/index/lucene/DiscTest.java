package dev.palimpsest.query.index.lucene;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.space.GeoPoint;
import dev.palimpsest.space.RandomRegions;
import dev.palimpsest.space.Region;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.LatLonDocValuesField;
import org.apache.lucene.document.LatLonPoint;
import org.apache.lucene.geo.GeoEncodingUtils;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Sort;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.util.FixedBitSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A circle holds what Lucene finds in it, and what lies no further away than its radius.
class DiscTest {

    private static final int POINTS = 1_500;
    private static final int CIRCLES = 300;
    private static final double HALF_A_METRE = 5e-4;

    private static final List<GeoPoint> CORNERS =
            List.of(
                    new GeoPoint(90, 0),
                    new GeoPoint(90, -180),
                    new GeoPoint(-90, 33),
                    new GeoPoint(-90, 180),
                    new GeoPoint(0, 180),
                    new GeoPoint(0, -180),
                    new GeoPoint(0, 0),
                    new GeoPoint(-17, 179.9),
                    new GeoPoint(89.9, 10));

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void holdsWhatLuceneFindsAndWhatIsNoFurtherAway(long seed) throws IOException {
        var random = new Random(seed);
        var regions = new RandomRegions(random);
        List<Region.Circle> circles = circles(random, regions);
        var points = new ArrayList<>(CORNERS);
        for (int i = points.size(); i < POINTS; i++) {
            points.add(i % 3 == 0 ? onEdge(random, circles) : regions.point());
        }
        int inside = 0;
        try (var directory = new ByteBuffersDirectory();
                var writer = new IndexWriter(directory, new IndexWriterConfig())) {
            for (var point : points) {
                writer.addDocument(document(point));
            }
            try (var reader = DirectoryReader.open(writer)) {
                var searcher = new IndexSearcher(reader);
                for (var circle : circles) {
                    var found = found(searcher, circle);
                    var disc = new Disc(circle);
                    for (int i = 0; i < points.size(); i++) {
                        var point = points.get(i);
                        boolean holds = holds(disc, point);
                        inside += holds ? 1 : 0;
                        double away = circle.centre().kilometresTo(point) - circle.kilometres();
                        if (Math.abs(away) > HALF_A_METRE) {
                            assertThat(holds)
                                    .as("seed %d: %s in %s, as far as it is", seed, point, circle)
                                    .isEqualTo(away < 0);
                        }
                        if (circle.kilometres() >= 1 || Math.abs(away) > HALF_A_METRE) {
                            assertThat(holds)
                                    .as("seed %d: %s in %s, as Lucene has it", seed, point, circle)
                                    .isEqualTo(found.get(i));
                        }
                    }
                }
            }
        }
        assertThat(inside).as("points found, seed %d", seed).isGreaterThan(CIRCLES);
    }

    private static List<Region.Circle> circles(Random random, RandomRegions regions) {
        var circles = new ArrayList<Region.Circle>();
        for (int i = 0; i < CIRCLES; i++) {
            var centre = i % 4 == 0 ? CORNERS.get(random.nextInt(CORNERS.size())) : regions.point();
            double kilometres =
                    i % 20 == 0
                            ? 20_000 + random.nextInt(41)
                            : Math.pow(10, -3 + 7.3 * random.nextDouble());
            circles.add(new Region.Circle(centre, kilometres));
        }
        return circles;
    }

    /// Somewhere about the edge of one of the circles.
    private static GeoPoint onEdge(Random random, List<Region.Circle> circles) {
        var circle = circles.get(random.nextInt(circles.size()));
        double angle = 2 * Math.PI * random.nextDouble();
        double away = circle.kilometres() / GeoPoint.EARTH_RADIUS_KM * random.nextDouble(.9, 1.1);
        double phi = Math.toRadians(circle.centre().latitude());
        double sine =
                Math.sin(phi) * Math.cos(away) + Math.cos(phi) * Math.sin(away) * Math.cos(angle);
        double latitude = Math.asin(Math.clamp(sine, -1, 1));
        double east =
                Math.atan2(
                        Math.sin(angle) * Math.sin(away) * Math.cos(phi),
                        Math.cos(away) - Math.sin(phi) * sine);
        double longitude = circle.centre().longitude() + Math.toDegrees(east);
        return new GeoPoint(
                Math.toDegrees(latitude),
                Math.clamp(Math.IEEEremainder(longitude, 360), -180, 180));
    }

    private static Document document(GeoPoint point) {
        var document = new Document();
        document.add(new LatLonPoint(Fields.PLACE, point.latitude(), point.longitude()));
        document.add(new LatLonDocValuesField(Fields.PLACE, point.latitude(), point.longitude()));
        return document;
    }

    private static FixedBitSet found(IndexSearcher searcher, Region.Circle circle)
            throws IOException {
        var found = new FixedBitSet(searcher.getIndexReader().maxDoc());
        for (var hit :
                searcher.search(RegionQueries.of(circle), POINTS, Sort.INDEXORDER).scoreDocs) {
            found.set(hit.doc);
        }
        return found;
    }

    private static boolean holds(Disc disc, GeoPoint point) {
        return disc.isEverywhere()
                || disc.contains(
                        GeoEncodingUtils.encodeLatitude(point.latitude()),
                        GeoEncodingUtils.encodeLongitude(point.longitude()));
    }
}
